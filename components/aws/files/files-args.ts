import type { Input } from "@pulumi/pulumi";
import type { PeerGroup } from "../traffic-args";

/** How shared files are kept. */
export interface FilesArgs {
  /**
   * After how many days without a reader a file goes to the class for what is seldom read, from which the first reader takes it
   * back; each reading there is paid for. 1, 7, 14, 30, 60, 90, 180, 270 or 365 (Amazon EFS API Reference, "LifecyclePolicy").
   * @default never
   * @example 30
   */
  seldomReadDays?: number;
  /** Have AWS Backup copy them each day, for 35 days (Amazon EFS User Guide, "Automatic backups"). @default true */
  backups?: boolean;
}

/** Files that many machines share. */
export interface SharedFilesArgs extends FilesArgs {
  /** The network. @example "vpc-0123456789abcdef0" */
  vpcId: Input<string>;
  /** Subnets that machines find them in: one in each availability zone. @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] */
  subnetIds: Input<string>[];
  /** Security groups of those who use them; the way there and the way in are opened for them, and for nobody else. */
  hosts: PeerGroup[];
  /** Refuse to delete them. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
