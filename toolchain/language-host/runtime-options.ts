import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** What `runtime.options` of a Pulumi.yaml may say to the Node.js runtime. */
export interface RuntimeOptions {
  /** Whether the program's TypeScript files are taken as they are. @default true */
  readonly typescript: boolean;
  /** Arguments for `node` itself, in front of the program. @default none */
  readonly nodeArguments: readonly string[];
  /** The program that installs packages: `npm`, `pnpm`, `yarn` or `bun`. @default npm */
  readonly packageManager: string;
}

const packageManagers = ["npm", "pnpm", "yarn", "bun"];

/** Reads the options; a value of the wrong kind is refused, an unknown option is left to newer hosts. */
export function runtimeOptions(options: ReturnType<ProgramInfo["getOptions"]>): RuntimeOptions {
  const given: Record<string, unknown> = options?.toJavaScript() ?? {};
  const { typescript = true, nodeargs = "", packagemanager = "npm" } = given;
  if (typeof typescript !== "boolean") {
    throw new Error(refusal("typescript", typescript, "it is not a boolean", "use true or false"));
  }
  if (typeof nodeargs !== "string") {
    throw new Error(refusal("nodeargs", nodeargs, "it is not a string", 'use e.g. "--trace-warnings"'));
  }
  if (typeof packagemanager !== "string" || !packageManagers.includes(packagemanager)) {
    throw new Error(refusal("packagemanager", packagemanager, "it is not known", `use ${packageManagers.join(", ")}`));
  }
  return { typescript, nodeArguments: nodeargs.split(/\s+/).filter(Boolean), packageManager: packagemanager };
}

function refusal(name: string, value: unknown, reason: string, fix: string): string {
  return `runtime.options.${name}  ${JSON.stringify(value)} cannot be used: ${reason}; ${fix}`;
}
