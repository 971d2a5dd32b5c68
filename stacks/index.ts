import * as pulumi from "@pulumi/pulumi";
import { local } from "./local";

/** The programs, by the name of the stack that runs them. */
const programs: Record<string, () => object> = { local };

/** Runs the program of this stack; what it returns are the stack's outputs. */
export = (): object => {
  const stack = pulumi.getStack();
  const program = programs[stack];
  if (!program) {
    throw new pulumi.RunError(
      `there is no stack "${stack}"; choose one of: ${Object.keys(programs).sort().join(", ")}`,
    );
  }
  return program();
};
