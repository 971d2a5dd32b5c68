import { Fault } from "../../app/problem";

/** The type of nodes that are not said. */
export const defaultNodeType = "cache.t4g.micro";

/** How many nodes there are where nothing is said. */
export const defaultNodes = 2;

/** Memory of the small types, in MiB (Amazon ElastiCache User Guide, "Supported node types": maxmemory of Valkey and Redis OSS). */
const memoryMiB: Readonly<Record<string, number>> = {
  "cache.t3.micro": 512,
  "cache.t3.small": 1403,
  "cache.t3.medium": 3164,
  "cache.t4g.micro": 512,
  "cache.t4g.small": 1403,
  "cache.t4g.medium": 3164,
  "cache.m5.large": 6533,
  "cache.m6g.large": 6533,
  "cache.m7g.large": 6533,
  "cache.r5.large": 13_384,
  "cache.r6g.large": 13_384,
  "cache.r7g.large": 13_384,
};

/** The part that is for data: `reserved-memory-percent` is 25 (the same guide, "Managing reserved memory"). */
const forData = 0.75;

/** How much a node can keep, in MiB; undefined for types that are too large for it to matter. */
export function dataMiB(nodeType: string): number | undefined {
  const whole = memoryMiB[nodeType];
  return whole === undefined ? undefined : Math.floor(whole * forData);
}

/** What is wrong with a type of nodes. Undefined when nothing is. */
export function nodeTypeFault(nodeType: string): Fault | undefined {
  const fix = `give one like "${defaultNodeType}"`;
  const [, family] = /^cache\.([a-z]+\d+[a-z]*)\.(?:micro|small|medium|(?:\d+x?)?large|xlarge)$/.exec(nodeType) ?? [];
  if (family === undefined) return { reason: "is not a type of nodes", fix };
  if (!/^(?:t[34]g?|[mr]\d+g?|c\d+gn)$/.test(family))
    return {
      reason: "is of a family that Valkey does not run on by itself",
      fix: "give one of t4g, t3, m7g, r7g or c7gn",
    };
  return undefined;
}
