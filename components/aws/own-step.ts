import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { ownCommand } from "./program";

/** What one of the library's programs is asked to do in an account of AWS, and when. */
export interface OwnStepArgs {
  /** Path of the program below `components/`, without an ending. */
  program: string;
  /** The word it is started with. */
  does: string;
  /** What it is told, as JSON. */
  spec: Record<string, pulumi.Input<string>>;
  /** Whatever else it depends on: another value runs it again. */
  runsAgainOn: Record<string, pulumi.Input<string>>;
}

/**
 * Runs one of the library's programs when it is new and whenever something changed. Credentials are those of the environment
 * that Pulumi runs in, never part of the resource.
 */
export function ownStep(
  name: string,
  { program, does, spec, runsAgainOn }: OwnStepArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const profile = new pulumi.Config("aws").get("profile");
  return new command.local.Command(
    name,
    {
      interpreter: ownCommand(program),
      create: does,
      environment: {
        LANDFALL_SPEC: pulumi.jsonStringify(spec),
        ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
        ...runsAgainOn,
      },
      logging: command.local.Logging.StdoutAndStderr,
    },
    opts,
  );
}
