import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../../host/apply/program";
import { inputProblems } from "../../input-problems";
import { debianImage } from "../debian-image";
import { defaultInstanceType } from "../instance-type";
import { hostUpdate } from "../run-command/host-update";
import { serverRole } from "../server-role";
import { sshAccess } from "../ssh-access";
import { fleetAlarms } from "../watch/fleet-alarms";
import { FleetArgs } from "./fleet-args";
import { launchTemplate } from "./launch-template";
import { FleetPlan, planFleet } from "./plan-fleet";
import { requestLabel } from "./request-label";
import { spareCapacity } from "./spare-capacity";

const launching = "autoscaling:EC2_INSTANCE_LAUNCHING";

/**
 * The same host many times, behind a load balancer: as many machines as are needed, one in place of each that is ill, and
 * all of them exchanged without a request lost when what they start from changes.
 *
 * @example
 * new Fleet("web", {
 *   apps: [shop],
 *   debian: 13,
 *   store: { bucketName: "landfall-dev-web-0123456789ab", parameters: "/landfall/demo/dev/web" },
 *   subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *   securityGroupIds: [group.groupId],
 *   targetGroupArns: [balancer.targetGroupArns.apply((arns) => arns["shop"])],
 *   minimum: 2,
 *   maximum: 6,
 *   scaling: { cpuPercent: 50 },
 * });
 */
export class Fleet extends pulumi.ComponentResource {
  /** Name of the Auto Scaling group; there once the first machines' apps are healthy, for themselves and for the balancer. */
  readonly groupName: pulumi.Output<string>;
  /** Private key for SSH, in OpenSSH's form. Secret; empty for a fleet without SSH. */
  readonly sshPrivateKey: pulumi.Output<string>;
  /** Region that it runs in. */
  readonly region: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Fleet", name, args, opts);
    const place = {
      organization: pulumi.getOrganization(),
      project: pulumi.getProject(),
      stack: pulumi.getStack(),
    };
    const plan = planFleet(name, args, place);
    if (plan.problems.length) throw inputProblems(`landfall:index:Fleet '${name}'`, plan.problems);
    const own = { parent: this };
    const tags = { Name: name, ...args.tags };

    const vpcId = args.ssh && ec2.getSubnetOutput({ id: args.subnetIds[0]! }, own).vpcId;
    const ssh = args.ssh && sshAccess(`${name}-ssh`, { ...args.ssh, vpcId, tags: args.tags }, own);
    const groupPrefix = plan.hook === null ? undefined : plan.prefix;
    const role = serverRole(
      name,
      { store: args.store, groupPrefix, reportsAs: args.reports?.name, tags: args.tags },
      own,
    );
    const parts = {
      imageId: args.ami ?? this.image(name, args, plan),
      profile: role.profile.name,
      keyName: ssh?.keyName,
      securityGroupIds: [...args.securityGroupIds, ...(ssh ? [ssh.groupId] : [])],
      tags,
    };
    const template = launchTemplate(name, args, plan, parts, own);
    const group = this.group(
      name,
      args,
      plan,
      template,
      pulumi.mergeOptions(
        { dependsOn: opts?.dependsOn }, // what the machines look for as soon as they run
        {
          ...own,
          protect: args.protection,
          dependsOn: role.policies,
          ignoreChanges: ["initialLifecycleHooks"],
          // Machines finish their answers before they go; the provider itself gives up after 10 minutes.
          customTimeouts: { delete: "30m" },
        },
      ),
    );
    this.keepHook(name, args, plan, group);
    this.scale(name, args, group);
    this.watch(name, args, group);
    const update = this.update(name, args, group, opts?.dependsOn);

    // A URN is known while something is only previewed, and comes when it is made.
    this.groupName = pulumi.all([group.name, update?.urn]).apply(([groupName]) => groupName);
    this.sshPrivateKey = ssh?.privateKey ?? pulumi.secret("");
    this.region = group.region;
    this.registerOutputs({ groupName: this.groupName, sshPrivateKey: this.sshPrivateKey, region: this.region });
  }

  /**
   * The image of this generation. It is kept in a parameter, because Debian's newest one would exchange all machines whenever
   * there is another, and ignored in the template it would never change, as a template stays.
   */
  private image(name: string, args: FleetArgs, plan: FleetPlan): pulumi.Output<string> {
    const own = { parent: this };
    const newest = debianImage(args.debian, args.instanceType ?? defaultInstanceType, own);
    const kept = new ssm.Parameter(
      `${name}-image-${plan.imageKey}`,
      { type: "String", insecureValue: newest, description: `Image of ${name}`, tags: args.tags },
      { ...own, ignoreChanges: ["insecureValue"] },
    );
    return kept.insecureValue;
  }

  private group(
    name: string,
    args: FleetArgs,
    plan: FleetPlan,
    template: ec2.LaunchTemplate,
    opts: pulumi.CustomResourceOptions,
  ): autoscaling.Group {
    const { minimumHealthyPercent = 100, maximumHealthyPercent = 200 } = args;
    const healthy = {
      minHealthyPercentage: minimumHealthyPercent,
      maxHealthyPercentage: maximumHealthyPercent,
    };
    // The number of the version, not "$Latest": that would be the same text for another version, and exchange nothing.
    const version = template.latestVersion.apply(String);
    return new autoscaling.Group(
      name,
      {
        namePrefix: plan.prefix,
        minSize: args.minimum,
        maxSize: args.maximum,
        desiredCapacity: plan.desired ?? undefined,
        vpcZoneIdentifiers: args.subnetIds,
        ...(args.spot
          ? spareCapacity(args.spot, plan, { id: template.id, version })
          : { launchTemplate: { id: template.id, version } }),
        targetGroupArns: args.targetGroupArns,
        healthCheckType: "ELB",
        healthCheckGracePeriod: args.graceSeconds ?? 60,
        defaultInstanceWarmup: args.warmUpSeconds ?? 60,
        // The first machines are started with it: a hook that comes later has missed them.
        initialLifecycleHooks: plan.hook === null ? undefined : [{ name: plan.hook, ...hookOf(args) }],
        instanceMaintenancePolicy: healthy,
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            ...healthy,
            autoRollback: true,
            skipMatching: true,
            alarmSpecification: args.alarmNames?.length ? { alarms: args.alarmNames } : undefined,
          },
        },
        maxInstanceLifetime: args.maximumAgeDays === undefined ? undefined : args.maximumAgeDays * 86_400,
        terminationPolicies: ["OldestLaunchTemplate", "Default"],
        minElbCapacity: plan.desired ?? args.minimum,
        waitForCapacityTimeout: `${plan.waitSeconds}s`,
        tags: Object.entries({ Name: name, ...args.tags }).map(([key, value]) => ({
          key,
          value,
          propagateAtLaunch: true,
        })),
      },
      opts,
    );
  }

  /** The hook by itself, so that another time changes it in place: what a group begins with cannot change. */
  private keepHook(name: string, args: FleetArgs, plan: FleetPlan, group: autoscaling.Group): void {
    if (plan.hook === null) return;
    new autoscaling.LifecycleHook(
      `${name}-healthy`,
      { autoscalingGroupName: group.name, name: plan.hook, ...hookOf(args) },
      { parent: this },
    );
  }

  /** Tells the machines that run of another plan. */
  private update(
    name: string,
    { plan }: FleetArgs,
    group: autoscaling.Group,
    dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
  ): pulumi.Resource | undefined {
    if (plan === undefined) return undefined;
    const asked = {
      hosts: { group: group.name },
      region: group.region,
      plan,
      runsAgainOn: { LANDFALL_PROGRAM: applyProgram().digest },
    };
    return hostUpdate(`${name}-apply`, asked, pulumi.mergeOptions({ dependsOn }, { parent: this, dependsOn: [group] }));
  }

  private watch(name: string, args: FleetArgs, { name: groupName, region }: autoscaling.Group): void {
    const { monitoring, targetGroupArns, reports, tags } = args;
    const fleet = { groupName, targetGroupArns, region, reports };
    if (monitoring) fleetAlarms(name, { ...monitoring, fleet, tags }, { parent: this });
  }

  private scale(name: string, { scaling }: FleetArgs, group: autoscaling.Group): void {
    const aim = (what: string, targetTrackingConfiguration: Aim): autoscaling.Policy =>
      new autoscaling.Policy(
        `${name}-${what}`,
        { autoscalingGroupName: group.name, policyType: "TargetTrackingScaling", targetTrackingConfiguration },
        { parent: this },
      );
    if (scaling?.cpuPercent !== undefined) {
      const predefinedMetricSpecification = { predefinedMetricType: "ASGAverageCPUUtilization" };
      aim("cpu", { predefinedMetricSpecification, targetValue: scaling.cpuPercent });
    }
    if (scaling?.requests) {
      const { perTarget, balancerArn, targetGroupArn } = scaling.requests;
      const resourceLabel = pulumi
        .all([balancerArn, targetGroupArn])
        .apply(([balancer, targetGroup]) => requestLabel(balancer, targetGroup));
      const predefinedMetricSpecification = { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel };
      aim("requests", { predefinedMetricSpecification, targetValue: perTarget });
    }
  }
}

type Aim = autoscaling.PolicyArgs["targetTrackingConfiguration"];

/** What the hook is like. A machine whose apps do not become healthy in time is given up, and another started. */
function hookOf({ startSeconds = 1200 }: FleetArgs): {
  lifecycleTransition: string;
  defaultResult: string;
  heartbeatTimeout: number;
} {
  return { lifecycleTransition: launching, defaultResult: "ABANDON", heartbeatTimeout: startSeconds };
}
