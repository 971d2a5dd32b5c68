import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { ownStep } from "../own-step";

/** Who is asked: one host, or those of an Auto Scaling group, one after the other. */
export type AskedHosts = { instance: pulumi.Input<string> } | { group: pulumi.Input<string> };

/** What hosts are asked to do, and when. */
export interface HostUpdateArgs {
  hosts: AskedHosts;
  region: pulumi.Input<string>;
  /** Digest of the plan that is to be in force; whichever the store points to where there is none. */
  plan?: string;
  /** Whatever else a host reads: another value asks it again. */
  runsAgainOn: Record<string, pulumi.Input<string>>;
}

/**
 * Asks hosts to apply their plan, by SSM Run Command, whenever something changed; it is there once every app of the plan
 * answers. Credentials are those of the environment that Pulumi runs in, never part of the resource.
 */
export function hostUpdate(
  name: string,
  args: HostUpdateArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const spec = { ...args.hosts, region: args.region, ...(args.plan !== undefined && { plan: args.plan }) };
  return ownStep(name, { program: "aws/run-command/cli", does: "apply", spec, runsAgainOn: args.runsAgainOn }, opts);
}
