import type { Input } from "@pulumi/pulumi";
import { App } from "../../app/app";
import type { ServerStore } from "../server-store";
import type { SshArgs } from "../ssh-access";
import type { FleetMonitoringArgs, ReportsArgs } from "../watch/watch-args";

/** Machines of AWS's spare capacity: cheaper, and taken back with a notice of two minutes. */
export interface SpotArgs {
  /** How many machines are never spare ones. @default 1 @example 2 */
  onDemandBase?: number;
  /** How many of those beyond that are not, in percent. @default 0 @example 50 */
  onDemandPercent?: number;
  /**
   * Further types of instances to take what is spare of, of the same architecture. The more there are, the rarer is a machine
   * taken back without another in its place.
   * @default none
   * @example ["t3a.small", "t2.small"]
   */
  instanceTypes?: string[];
}

/** Requests to each machine, as a load balancer counts them. */
export interface RequestScalingArgs {
  /** How many requests a minute are right for one machine. @example 1000 */
  perTarget: number;
  /** The balancer. @example balancer.arn */
  balancerArn: Input<string>;
  /** The target group whose requests are counted. @example balancer.targetGroupArns.apply((arns) => arns["shop"]) */
  targetGroupArn: Input<string>;
}

/** What decides how many machines there are. Where several do, the most machines win. */
export interface ScalingArgs {
  /** Use of the processors to aim for, on average of all machines, in percent. @default they do not decide @example 50 */
  cpuPercent?: number;
  /** Requests to aim for. @default they do not decide @example { perTarget: 1000, balancerArn, targetGroupArn } */
  requests?: RequestScalingArgs;
}

/** The same host many times. */
export interface FleetArgs {
  /** What runs on each of them; here it is looked through for what many machines cannot share. */
  apps: App[];
  /** Debian release. @example 13 */
  debian: number;
  /**
   * Where the machines read plan, code and parameters. A machine gets requests only when it has applied the plan and every
   * app of it is healthy.
   * @default nothing: all that they need is in their user data
   */
  store?: ServerStore;
  /**
   * Digest (SHA-256) of the plan in the store. Machines that run are told of another one, one after the other, and `up` ends
   * with an error at the first whose apps are not healthy with it.
   * @default they are not told: each finds out within 15 minutes
   * @example "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
   */
  plan?: string;
  /**
   * cloud-init's user data, as text; another text means other machines. A machine with user data of its own gets requests as
   * soon as the balancer finds its apps healthy.
   * @default what reads the store
   * @example "#cloud-config\n"
   */
  userData?: string;
  /**
   * cloud-init's user data, compressed by gzip, as base64; in place of `userData`.
   * @default none
   * @example packed.toString("base64")
   */
  userDataBase64?: string;
  /** Subnets to run in, best in several availability zones. @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] */
  subnetIds: Input<string>[];
  /** Their security groups. @example [group.groupId] */
  securityGroupIds: Input<string>[];
  /** Target groups of a load balancer, one at least. @example [balancer.targetGroupArns.apply((arns) => arns["shop"])] */
  targetGroupArns: Input<string>[];
  /** Give each machine a public IPv4 address, or none. @default as the subnets say @example false */
  publicAddresses?: boolean;
  /** Least number of machines. @example 2 */
  minimum: number;
  /** Greatest number of machines. While machines are exchanged there can be twice as many. @example 6 */
  maximum: number;
  /** Number of machines, where nothing else decides about it. @default the least @example 3 */
  desired?: number;
  /** What decides how many machines there are. @default nothing: as many as `desired` @example { cpuPercent: 50 } */
  scaling?: ScalingArgs;
  /** Take spare capacity. @default no @example { onDemandBase: 2 } */
  spot?: SpotArgs;
  /**
   * Longest time from a machine's start until its apps are healthy, in seconds, 30 to 7,200 (Auto Scaling API Reference,
   * "PutLifecycleHook"). One that takes longer is given up, and another started.
   * @default 1200
   */
  startSeconds?: number;
  /** For how long a machine that gets requests is not judged by the balancer's health checks, in seconds. @default 60 */
  graceSeconds?: number;
  /** How long a machine that gets requests is not counted in what scaling looks at, in seconds. @default 60 */
  warmUpSeconds?: number;
  /**
   * How many of the machines have to be healthy while some are exchanged, in percent of those wanted, 0 to 100.
   * @default 100: a machine goes when the one in its place is healthy
   */
  minimumHealthyPercent?: number;
  /**
   * How many there may be meanwhile, in percent, 100 to 200, at most 100 above the least (Amazon EC2 Auto Scaling User Guide,
   * "Instance maintenance policies").
   * @default 200: all at once
   */
  maximumHealthyPercent?: number;
  /**
   * Alarms of CloudWatch, at most 10; one that goes off while machines are exchanged brings the old ones back.
   * @default none
   * @example ["web-errors"]
   */
  alarmNames?: string[];
  /**
   * Exchange machines that are older, in days, 1 to 365 (Auto Scaling API Reference, "CreateAutoScalingGroup").
   * @default never
   * @example 30
   */
  maximumAgeDays?: number;
  /**
   * Instance type of EC2; its architecture decides about the image.
   * @default t3.small: 2 vCPUs, 2 GiB
   * @example "t4g.medium"
   */
  instanceType?: string;
  /** Image. @default the newest of Debian when this generation began @example "ami-0123456789abcdef0" */
  ami?: string;
  /** Raise it to exchange all machines for others with the newest image. @default 1 */
  generation?: number;
  /** Size of the root volume, in GiB. @default 16 */
  rootGiB?: number;
  /** Let people in by SSH, with a key and a security group of their own. @default nobody: `aws ssm start-session` needs no port */
  ssh?: SshArgs;
  /**
   * Watch the machines and what is in front of them, and tell somebody.
   * @default none: nobody is told when they fail
   * @example { notify: { email: "ops@example.com" }, balancerArn: balancer.arn }
   */
  monitoring?: FleetMonitoringArgs;
  /**
   * What the machines' CloudWatch agents report, where the plan in their store has one: they may write that, and are watched by it.
   * @default nothing
   * @example { name: "/landfall/demo/dev/web" }
   */
  reports?: ReportsArgs;
  /** Refuse to delete the fleet. @default false */
  protection?: boolean;
  /** Tags of everything. Machines can read them, so keys have no spaces and slashes. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
