import { Fault } from "../app/problem";
import { Architecture } from "../host/ssm-agent";

/** The type of a server that does not say: 2 vCPUs, 2 GiB. */
export const defaultInstanceType = "t3.small";

/** What is wrong with the text of an instance type. Undefined when nothing is. */
export function instanceTypeFault(type: string): Fault | undefined {
  if (/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/.test(type)) return undefined;
  return { reason: "is not an instance type", fix: 'give one like "t3.small"' };
}

/**
 * The architecture of an instance type. A `g` behind the generation stands for Graviton (Amazon EC2 Instance Types,
 * "Naming conventions"); before it, it is part of the family, as in `g5.xlarge`. `a1` was before that convention.
 */
export function architectureOf(type: string): Architecture {
  const [family = ""] = type.split(".");
  const [, , options = ""] = /^([a-z-]+)\d+([a-z]*)/.exec(family) ?? [];
  return family === "a1" || options.includes("g") ? Architecture.Arm64 : Architecture.Amd64;
}
