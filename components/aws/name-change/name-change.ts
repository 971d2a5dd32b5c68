import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { ownCommand } from "../program";
import { NameEvent } from "./wait";

/** Where names lead. */
export interface NameChangeArgs {
  /** Address or name that they lead to: another one is a change. */
  target: pulumi.Input<string>;
  /** How long resolvers may remember it, in seconds. */
  keptSeconds: number;
}

/**
 * Waits, when names have been led elsewhere, until no resolver remembers where they led before. It says how long that is for
 * where they lead now, which the next change reads.
 */
export function nameChange(
  name: string,
  { target, keptSeconds }: NameChangeArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  return new command.local.Command(
    name,
    {
      // Unlike steps in an account it does something else when it is new.
      interpreter: ownCommand("aws/name-change/cli"),
      create: NameEvent.New,
      update: NameEvent.Changed,
      environment: { LANDFALL_SPEC: pulumi.jsonStringify({ target, keptSeconds }) },
      logging: command.local.Logging.Stderr,
    },
    opts,
  );
}
