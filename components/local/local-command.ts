import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { cacheHome, stateHome } from "./machine/folders";
import { ownCommand } from "./program";

/** One step on this computer: a verb of the local program, with what it is to do. */
export interface LocalStep {
  /** Verb for creating and for every change. */
  up: string;
  /** Verb for removing. @default nothing is done */
  down?: string;
  /** Plain data for the verb, shown by a preview. */
  spec: object;
  /** Text for its standard input. @default none */
  stdin?: pulumi.Input<string>;
  /** Values whose change runs the verb again. @default none */
  runsAgainOn?: Record<string, pulumi.Input<string>>;
  /** Values whose change removes and creates again. @default none */
  replacesOn?: pulumi.Input<string>[];
}

/**
 * Runs a verb of the local program (`cli.ts` beside this file) as a resource. The program is started directly, without a
 * shell, so no value has to be quoted; through sudo where this user is not root.
 */
export function localCommand(name: string, step: LocalStep, opts: pulumi.CustomResourceOptions): command.local.Command {
  return new command.local.Command(
    name,
    {
      interpreter: [...privileged(), ...ownCommand("local/cli")],
      create: step.up,
      update: step.up,
      delete: step.down,
      environment: { LANDFALL_SPEC: JSON.stringify(step.spec), ...step.runsAgainOn },
      stdin: step.stdin,
      triggers: step.replacesOn,
      logging: command.local.Logging.StdoutAndStderr,
    },
    opts,
  );
}

/** Machines need root. sudo drops the environment, so what the verb reads of it is named. */
function privileged(): string[] {
  if (process.getuid?.() === 0) return [];
  return [
    "sudo",
    "--non-interactive",
    "--preserve-env=LANDFALL_SPEC,NODE_EXTRA_CA_CERTS",
    "--",
    "env",
    `LANDFALL_STATE_HOME=${stateHome()}`,
    `LANDFALL_CACHE_HOME=${cacheHome()}`,
  ];
}
