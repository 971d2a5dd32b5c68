import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { SecurityGroup } from "./security-group";

/** Who may log in by SSH. */
export interface SshArgs {
  /** Networks to come from, as CIDRs; never a large part of the Internet. @example ["203.0.113.7/32"] */
  sources: string[];
}

/** What a machine needs so that people can log in, and what they need. */
export interface SshAccess {
  keyName: pulumi.Output<string>;
  groupId: pulumi.Output<string>;
  /** In OpenSSH's form. Secret. */
  privateKey: pulumi.Output<string>;
}

/** A key, and a security group that lets its holders in from where they may come. */
export function sshAccess(
  name: string,
  args: SshArgs & { vpcId?: pulumi.Input<string>; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): SshAccess {
  const { sources, vpcId, tags } = args;
  const key = new tls.PrivateKey(name, { algorithm: "ED25519" }, opts);
  const pair = new ec2.KeyPair(name, { publicKey: key.publicKeyOpenssh, tags }, opts);
  const ingress = sources.map((peer) => ({ port: "22", peer }));
  const group = new SecurityGroup(name, { vpcId, ingress, tags }, opts);
  return { keyName: pair.keyName, groupId: group.groupId, privateKey: pulumi.secret(key.privateKeyOpenssh) };
}
