import "./source-lines";
import "./own-frames";
import * as pulumi from "@pulumi/pulumi";

/** The programs, by the name of the stack that runs them. Each is loaded when it runs: those in AWS bring an SDK. */
const programs: Record<string, () => object> = {
  local: () => (require("./local") as typeof import("./local")).local(),
  dev: () => inAws(() => (require("./dev") as typeof import("./dev")).dev()),
  prod: () => inAws(() => (require("./prod") as typeof import("./prod")).prod()),
};

async function inAws(program: () => object): Promise<object> {
  const { startAwsProvider } = require("./aws-provider") as typeof import("./aws-provider");
  await startAwsProvider();
  return program();
}

/** Runs the program of this stack; what it returns are the stack's outputs. */
export = (): object => {
  const stack = pulumi.getStack();
  const program = Object.hasOwn(programs, stack) ? programs[stack] : undefined;
  if (program) return program();
  throw new pulumi.RunError(`there is no stack "${stack}"; choose one of: ${Object.keys(programs).sort().join(", ")}`);
};
