import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { zoneWith } from "./availability-zone";
import { serverProblems } from "./check-server";
import { serverUserDataProblems } from "./check-user-data";
import { debianImage } from "./debian-image";
import { defaultInstanceType } from "./instance-type";
import { machineKey } from "./machine-key";
import { serverRole } from "./server-role";
import type { ServerStore } from "./server-store";
import { sshAccess, SshArgs } from "./ssh-access";
import { watchProblems } from "./watch/check-watch";
import { serverAlarms } from "./watch/server-alarms";
import { dailySnapshots } from "./watch/snapshots";
import type { MonitoringArgs, ReportsArgs, SnapshotArgs } from "./watch/watch-args";

/** One server. */
export interface ServerArgs {
  /** Debian release. @example 12 */
  debian: number;
  /** cloud-init's user data, as text. @default none @example "#cloud-config\n" */
  userData?: string;
  /**
   * cloud-init's user data, compressed by gzip, as base64; in place of `userData`.
   * @default none
   * @example packed.toString("base64")
   */
  userDataBase64?: string;
  /** What it may read. @default nothing: all that it needs is in its user data, so other user data is another machine */
  store?: ServerStore;
  /** Its security groups. @example [group.groupId] */
  securityGroupIds: pulumi.Input<string>[];
  /**
   * Instance type of EC2; its architecture decides about the image.
   * @default t3.small: 2 vCPUs, 2 GiB
   * @example "t4g.medium"
   */
  instanceType?: string;
  /**
   * Subnet to run in; it has to lead to the Internet. One in another zone means an empty data volume.
   * @default one of the default VPC that has the instance type
   * @example "subnet-0123456789abcdef0"
   */
  subnetId?: pulumi.Input<string>;
  /** Give it an IPv6 address, where the subnet has any. Unlike the IPv4 address it goes with the machine. @default false */
  ipv6?: boolean;
  /**
   * Image; another one is another machine.
   * @default the newest of Debian when the machine was made
   * @example "ami-0123456789abcdef0"
   */
  ami?: string;
  /** Raise it for a new machine with the newest image and bootstrap; address and data stay. @default 1 */
  generation?: number;
  /** Size of the root volume, in GiB. @default 16 */
  rootGiB?: number;
  /** Size of the volume that keeps the apps' data, in GiB. @default 20 */
  dataGiB?: number;
  /** Let people in by SSH, with a key and a security group of their own. @default nobody: `aws ssm start-session` needs no port */
  ssh?: SshArgs;
  /** Watch the machine, and tell somebody. @default none: nobody is told when it fails @example { notify: { email: "ops@example.com" } } */
  monitoring?: MonitoringArgs;
  /**
   * What its CloudWatch agent reports, where the plan in its store has one: it may write that, and is watched by it.
   * @default nothing: it is watched by what EC2 reports
   * @example { name: "/landfall/demo/dev/web" }
   */
  reports?: ReportsArgs;
  /** Copy the data volume every day; `{}` keeps seven copies. @default none: what an app deletes is gone @example { keepDays: 30 } */
  snapshots?: SnapshotArgs;
  /** Refuse to delete the machine, its address and its data. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}

/** The name that EC2 is told; the machine sees an NVMe disk (Amazon EBS User Guide, "EBS volumes and NVMe"). */
const dataDevice = "/dev/sdf";

/**
 * A server of EC2 that runs Debian and sets itself up by cloud-init. Its address and its data volume are resources of
 * their own and outlive it; a newer image never replaces it by surprise.
 *
 * @example
 * new Server("web", { debian: 12, userData: "#cloud-config\n", securityGroupIds: [group.groupId] });
 */
export class Server extends pulumi.ComponentResource {
  /** Id of the instance; resolved once its address and its data volume are attached. */
  readonly instanceId: pulumi.Output<string>;
  /** The Elastic IP address. */
  readonly address: pulumi.Output<string>;
  /**
   * A name that AWS gives the address in DNS, for what asks by names, as CloudFront does. A VPC that is not the default one
   * has to have `enableDnsHostnames`.
   */
  readonly dnsName: pulumi.Output<string>;
  /** The IPv6 address; empty for a server without. */
  readonly ipv6Address: pulumi.Output<string>;
  /** Private key for SSH, in OpenSSH's form. Secret; empty for a server without SSH. */
  readonly sshPrivateKey: pulumi.Output<string>;
  /** Region that it runs in. */
  readonly region: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: ServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Server", name, args, opts);
    const problems = [...serverProblems(args), ...serverUserDataProblems(args), ...watchProblems(args)];
    if (problems.length) throw inputProblems(`landfall:index:Server '${name}'`, problems);
    const instanceType = args.instanceType ?? defaultInstanceType;
    const own = { parent: this };
    const kept = { ...own, protect: args.protection };
    const tags = { Name: name, ...args.tags };
    const subnet = args.subnetId === undefined ? undefined : ec2.getSubnetOutput({ id: args.subnetId }, own);

    const address = new ec2.Eip(`${name}-address`, { domain: "vpc", tags }, kept);
    // Its id tells this server's data from all else in an account, so that nothing else is copied with it.
    const copied = args.snapshots && { "landfall:snapshots": address.allocationId };
    const volume = new ebs.Volume(
      `${name}-data`,
      {
        availabilityZone: subnet?.availabilityZone ?? zoneWith(instanceType, `landfall:index:Server '${name}'`, own),
        encrypted: true,
        type: "gp3",
        size: args.dataGiB ?? 20,
        tags: { ...tags, Name: `${name}-data`, ...copied },
      },
      // Machines go where the volume is: a zone that AWS lists first one day must not move it.
      { ...kept, ignoreChanges: subnet ? [] : ["availabilityZone"] },
    );
    const ssh = args.ssh && sshAccess(`${name}-ssh`, { ...args.ssh, vpcId: subnet?.vpcId, tags: args.tags }, own);
    const role = serverRole(name, { store: args.store, reportsAs: args.reports?.name, tags: args.tags }, own);
    const instance = new ec2.Instance(
      `${name}-${machineKey({ ...args, instanceType })}`,
      {
        ami: args.ami ?? debianImage(args.debian, instanceType, own),
        instanceType,
        // No public address is asked for: AWS would report one once the Elastic IP is there, and the next preview would
        // replace the machine.
        ...(subnet ? { subnetId: args.subnetId } : { availabilityZone: volume.availabilityZone }),
        vpcSecurityGroupIds: [...args.securityGroupIds, ...(ssh ? [ssh.groupId] : [])],
        iamInstanceProfile: role.profile.name,
        keyName: ssh?.keyName,
        userData: args.userData,
        userDataBase64: args.userDataBase64,
        ipv6AddressCount: args.ipv6 ? 1 : undefined,
        // One hop: a container or a proxied request on the machine gets no credentials.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: args.rootGiB ?? 16, tags },
        disableApiTermination: args.protection ?? false,
        tags,
      },
      pulumi.mergeOptions(
        { dependsOn: opts?.dependsOn }, // what the machine looks for as soon as it runs
        {
          ...kept,
          dependsOn: role.policies,
          ignoreChanges: ["userData", "userDataBase64", ...(args.ami ? [] : ["ami"])],
        },
      ),
    );
    const associated = new ec2.EipAssociation(
      `${name}-address`,
      { allocationId: address.allocationId, instanceId: instance.id },
      own,
    );
    const attached = new ec2.VolumeAttachment(
      `${name}-data`,
      { deviceName: dataDevice, volumeId: volume.id, instanceId: instance.id, stopInstanceBeforeDetaching: true },
      // A volume belongs to one machine at a time: a new one waits until the old one is stopped and has let go.
      { ...own, deleteBeforeReplace: true },
    );

    if (copied) dailySnapshots(`${name}-snapshots`, { ...args.snapshots, of: copied, tags: args.tags }, own);
    if (args.monitoring) {
      const { reports } = args;
      const machine = { instanceId: instance.id, instanceType, region: instance.region, reports };
      serverAlarms(name, { ...args.monitoring, machine, tags: args.tags }, own);
    }

    this.instanceId = pulumi.all([instance.id, associated.id, attached.id]).apply(([id]) => id);
    this.address = address.publicIp;
    this.dnsName = address.publicDns;
    this.ipv6Address = instance.ipv6Addresses.apply((addresses) => addresses?.[0] ?? "");
    this.sshPrivateKey = ssh?.privateKey ?? pulumi.secret("");
    this.region = instance.region;
    this.registerOutputs({
      instanceId: this.instanceId,
      address: this.address,
      dnsName: this.dnsName,
      ipv6Address: this.ipv6Address,
      sshPrivateKey: this.sshPrivateKey,
      region: this.region,
    });
  }
}
