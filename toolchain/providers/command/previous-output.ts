import type { PropertyMap } from "../property/value";

/** The environment variables that carry the output of the run before, when there is some and the command wants it. */
export function previousOutput(inputs: PropertyMap, state: PropertyMap): Record<string, string> {
  if (inputs["addPreviousOutputInEnv"] === false) return {};
  return {
    ...(state["stdout"] ? { PULUMI_COMMAND_STDOUT: String(state["stdout"]) } : {}),
    ...(state["stderr"] ? { PULUMI_COMMAND_STDERR: String(state["stderr"]) } : {}),
  };
}
