import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { accessLogBucket } from "../access-log-bucket";
import { takesBalancerLogs } from "../policy-documents";
import { SecurityGroup } from "../security-group";
import { admitBalancer } from "./admit-balancer";
import { balancerName } from "./balancer-name";
import { DesyncMitigation, LoadBalancerArgs } from "./load-balancer-args";
import { LoadBalancerPlan, PlannedGroup, planLoadBalancer } from "./plan-load-balancer";
import { ruleActions } from "./rule-actions";

const httpsPort = 443;

const defaultTlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/**
 * An Application Load Balancer in front of hosts that run our nginx. TLS with clients ends at it, with certificates of ACM,
 * and is spoken again to nginx on port 443. It checks no certificate of a host (Elastic Load Balancing, "Target groups for
 * your Application Load Balancers"), so the one that each host makes for itself is good enough. Requests for a domain or path
 * of no app are answered with 404; plain HTTP is sent to TLS.
 *
 * @example
 * new LoadBalancer("web", {
 *   apps: [live],
 *   vpcId: "vpc-0123456789abcdef0",
 *   subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *   addresses: ["10.0.1.0/24", "10.0.2.0/24"],
 *   hosts: [{ name: "web", id: group.groupId }],
 *   targets: [{ name: "web", instanceId: server.instanceId }],
 *   certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/0b0b4d1c-4a3f-4d2e-9c53-2f3c1d0e9a10",
 * });
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** The balancer's name for all of AWS. */
  readonly arn: pulumi.Output<string>;
  /** Its name in DNS, for alias records; resolved once it answers for all routes. */
  readonly dnsName: pulumi.Output<string>;
  /** The hosted zone of that name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Id of its security group. */
  readonly groupId: pulumi.Output<string>;
  /** Target groups by the app's name, for fleets that attach their machines; resolved once requests are sent there. */
  readonly targetGroupArns: pulumi.Output<Record<string, string>>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:LoadBalancer", name, withoutSecret(args), opts);
    const plan = planLoadBalancer(name, args);
    if (plan.problems.length) throw inputProblems(`landfall:index:LoadBalancer '${name}'`, plan.problems);

    const group = this.securityGroup(name, args, plan);
    const balancer = this.balancer(name, args, plan, group);
    const groups = new Map(plan.groups.map((planned) => [planned.app, this.targetGroup(planned, args)]));
    const redirect = this.redirectListener(name, balancer, args);
    const listener = this.listener(name, balancer, args);
    const rules = this.rules(name, args, plan, listener, groups);
    this.attachments(name, args, groups);

    // URNs are known while something is only previewed, and come when it is made.
    const answers = pulumi.all([redirect, listener, ...rules].map(({ urn }) => urn));
    const arns = pulumi.all(Object.fromEntries([...groups].map(([app, { arn }]) => [app, arn])));
    this.arn = balancer.arn;
    this.dnsName = pulumi.all([balancer.dnsName, answers]).apply(([dnsName]) => dnsName);
    this.zoneId = balancer.zoneId;
    this.groupId = group.groupId;
    this.targetGroupArns = pulumi.all([arns, answers]).apply(([byApp]) => byApp);
    this.registerOutputs({
      arn: this.arn,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      groupId: this.groupId,
      targetGroupArns: this.targetGroupArns,
    });
  }

  /** Its own group, and the rules that let it in at the hosts: what one side may send, the other one takes. */
  private securityGroup(name: string, { vpcId, hosts, tags }: LoadBalancerArgs, plan: LoadBalancerPlan): SecurityGroup {
    const group = new SecurityGroup(`${name}-balancer`, { vpcId, ...plan.traffic, tags }, { parent: this });
    for (const host of hosts) {
      const rule = { name, groupId: group.groupId, purpose: "https", port: httpsPort, tags };
      admitBalancer(`${name}-to-${host.name}`, host, rule, { parent: this });
    }
    return group;
  }

  private balancer(
    name: string,
    args: LoadBalancerArgs,
    plan: LoadBalancerPlan,
    group: SecurityGroup,
  ): lb.LoadBalancer {
    const { accessLogs, protection, tags } = args;
    const own = { parent: this };
    const logs =
      accessLogs && accessLogs.bucketName === undefined
        ? accessLogBucket(
            balancerName(name, "logs").toLowerCase(),
            { policy: takesBalancerLogs, keepDays: accessLogs.keepDays, protection, tags },
            own,
          )
        : undefined;
    const bucket = logs?.bucket.bucket ?? accessLogs?.bucketName;
    return new lb.LoadBalancer(
      plan.name,
      {
        loadBalancerType: "application",
        internal: args.internal ?? false,
        ipAddressType: args.ipv6 ? "dualstack" : "ipv4",
        subnets: args.subnetIds,
        securityGroups: [group.groupId],
        idleTimeout: args.idleSeconds ?? 60,
        enableHttp2: true,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: args.desyncMitigation ?? DesyncMitigation.Defensive,
        // nginx tells apps by the Host that the client sent, and takes addresses without ports off the list's end.
        preserveHostHeader: true,
        xffHeaderProcessingMode: "append",
        enableXffClientPort: false,
        enableDeletionProtection: protection ?? false,
        accessLogs: bucket === undefined ? undefined : { bucket, enabled: true },
        tags: { Name: name, ...tags },
      },
      // A balancer tries out at once whether it may write its logs.
      { ...own, protect: protection, dependsOn: logs ? [logs.policy] : [] },
    );
  }

  private targetGroup(planned: PlannedGroup, args: LoadBalancerArgs): lb.TargetGroup {
    const { vpcId, stickySeconds, slowStartSeconds, tags } = args;
    return new lb.TargetGroup(
      planned.name,
      {
        vpcId,
        targetType: "instance",
        port: httpsPort,
        protocol: "HTTPS",
        // Websockets need HTTP/1.1.
        protocolVersion: "HTTP1",
        deregistrationDelay: planned.drainSeconds,
        slowStart: slowStartSeconds ?? 0,
        stickiness: {
          type: "lb_cookie",
          enabled: stickySeconds !== undefined,
          cookieDuration: stickySeconds ?? 86_400, // AWS's own, of no effect while it is off
        },
        healthCheck: {
          protocol: "HTTPS",
          port: "traffic-port",
          path: planned.healthPath,
          matcher: String(planned.status),
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        tags: { Name: planned.name, ...tags },
      },
      { parent: this },
    );
  }

  /** Balancers know no 308; a POST by plain HTTP, which browsers make a GET of at a 301, was readable to all anyway. */
  private redirectListener(name: string, balancer: lb.LoadBalancer, { tags }: LoadBalancerArgs): lb.Listener {
    const redirect = { protocol: "HTTPS", port: String(httpsPort), statusCode: "HTTP_301" };
    return new lb.Listener(
      `${name}-http`,
      {
        loadBalancerArn: balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", order: 1, redirect }],
        tags,
      },
      { parent: this },
    );
  }

  private listener(name: string, balancer: lb.LoadBalancer, args: LoadBalancerArgs): lb.Listener {
    const own = { parent: this };
    const nothing = { contentType: "text/plain", messageBody: "Not found\n", statusCode: "404" };
    const listener = new lb.Listener(
      `${name}-https`,
      {
        loadBalancerArn: balancer.arn,
        port: httpsPort,
        protocol: "HTTPS",
        sslPolicy: args.tlsPolicy ?? defaultTlsPolicy,
        certificateArn: args.certificateArn,
        // Never an app by accident.
        defaultActions: [{ type: "fixed-response", order: 1, fixedResponse: nothing }],
        tags: args.tags,
      },
      own,
    );
    for (const [domain, certificateArn] of Object.entries(args.furtherCertificateArns ?? {})) {
      new lb.ListenerCertificate(`${name}-${domain}`, { listenerArn: listener.arn, certificateArn }, own);
    }
    return listener;
  }

  private rules(
    name: string,
    { login, tags }: LoadBalancerArgs,
    plan: LoadBalancerPlan,
    listener: lb.Listener,
    groups: ReadonlyMap<string, lb.TargetGroup>,
  ): lb.ListenerRule[] {
    return plan.rules.map(
      (rule) =>
        new lb.ListenerRule(
          `${name}-${rule.key}`,
          {
            listenerArn: listener.arn,
            priority: rule.priority,
            conditions: [
              { hostHeader: { values: [rule.domain] } },
              ...(rule.paths.length > 0 ? [{ pathPattern: { values: rule.paths } }] : []),
            ],
            actions: ruleActions(groups.get(rule.app)!.arn, rule.login ? login : undefined),
            tags,
          },
          { parent: this },
        ),
    );
  }

  private attachments(name: string, { targets = [] }: LoadBalancerArgs, groups: Map<string, lb.TargetGroup>): void {
    for (const [app, group] of groups) {
      for (const target of targets) {
        new lb.TargetGroupAttachment(
          `${name}-${app}-${target.name}`,
          { targetGroupArn: group.arn, targetId: target.instanceId },
          { parent: this },
        );
      }
    }
  }
}

/** The description as Pulumi keeps it. */
function withoutSecret(args: LoadBalancerArgs): pulumi.Inputs {
  const { login } = args;
  return login ? { ...args, login: { ...login, clientSecret: pulumi.secret(login.clientSecret) } } : { ...args };
}
