import * as pulumi from "@pulumi/pulumi";
import { local } from "./local";

/** The programs, by the name of the stack that runs them. */
const programs: Record<string, () => object> = { local };

/** Runs the program of this stack; what it returns are the stack's outputs. */
export = (): object => {
  try {
    return programOf(pulumi.getStack())();
  } catch (error) {
    throw withOwnFramesOnly(error);
  }
};

function programOf(stack: string): () => object {
  const program = Object.hasOwn(programs, stack) ? programs[stack] : undefined;
  if (program) return program;
  throw new pulumi.RunError(`there is no stack "${stack}"; choose one of: ${Object.keys(programs).sort().join(", ")}`);
}

/**
 * Leaves the frames of libraries out of an error's stack. They tell the reader nothing, and Node.js 20 takes half a minute
 * to print those of @pulumi/pulumi, whose source maps name paths that its formatting of packages never gets past.
 */
function withOwnFramesOnly(error: unknown): unknown {
  if (error instanceof Error) {
    const lines = error.stack?.split("\n") ?? [];
    error.stack = lines.filter((line) => !line.includes("/node_modules/")).join("\n");
  }
  return error;
}
