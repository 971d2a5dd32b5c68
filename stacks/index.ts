import "./own-frames";
import * as pulumi from "@pulumi/pulumi";

/** The programs, by the name of the stack that runs them. A program loads only what it needs itself. */
const programs: Record<string, () => object> = {
  local: () => (require("./local") as typeof import("./local")).local(),
};

/** Runs the program of this stack; what it returns are the stack's outputs. */
export = (): object => {
  const stack = pulumi.getStack();
  const program = Object.hasOwn(programs, stack) ? programs[stack] : undefined;
  if (program) return program();
  throw new pulumi.RunError(`there is no stack "${stack}"; choose one of: ${Object.keys(programs).sort().join(", ")}`);
};
