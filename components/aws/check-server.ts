import { at, Fault, Problem } from "../app/problem";
import { cidrFault } from "../app/traffic";
import { instanceTypeFault } from "./instance-type";
import { isWide, leastPrefix } from "./wide-network";

/** Sizes that EBS gives to a volume of type gp3, in GiB (Amazon EBS User Guide, "General Purpose SSD volumes"). */
const volumeGiB = { least: 1, most: 65_536 };

/** Debian's image has a root volume of 8 GiB; a smaller one cannot be made from it. */
const imageGiB = 8;

/** What can be checked of a server before anything is made. */
export interface CheckedServer {
  instanceType?: string;
  rootGiB?: number;
  dataGiB?: number;
  ami?: string;
  generation?: number;
  ssh?: { sources: string[] };
}

/** What is wrong with a server's description. */
export function serverProblems(server: CheckedServer): Problem[] {
  const problems: Problem[] = [];
  const check = (path: string, value: unknown, fault: Fault | undefined): void => {
    if (value !== undefined && fault) problems.push({ path, value, ...fault });
  };
  check("instanceType", server.instanceType, instanceTypeFault(server.instanceType ?? ""));
  check("rootGiB", server.rootGiB, sizeFault(server.rootGiB, imageGiB));
  check("dataGiB", server.dataGiB, sizeFault(server.dataGiB, volumeGiB.least));
  check("ami", server.ami, imageFault(server.ami ?? ""));
  check("generation", server.generation, generationFault(server.generation));
  // Programs without types can leave out what has to be there.
  const sources: readonly string[] = server.ssh?.sources ?? [];
  if (server.ssh && sources.length === 0)
    problems.push({ path: "ssh.sources", reason: "names nobody", fix: 'give CIDRs, e.g. "203.0.113.7/32"' });
  sources.forEach((source, index) => check(at("ssh.sources", index), source, sourceFault(source)));
  return problems;
}

function sizeFault(size: number | undefined, least: number): Fault | undefined {
  if (Number.isInteger(size) && size! >= least && size! <= volumeGiB.most) return undefined;
  return { reason: "is no size of a volume", fix: `give whole GiB from ${least} to ${volumeGiB.most}` };
}

function imageFault(ami: string): Fault | undefined {
  if (/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(ami)) return undefined;
  return { reason: "is no id of an image", fix: 'write it like "ami-0123456789abcdef0"' };
}

function generationFault(generation: number | undefined): Fault | undefined {
  if (Number.isInteger(generation) && generation! >= 1) return undefined;
  return { reason: "is no generation", fix: "count from 1" };
}

function sourceFault(source: string): Fault | undefined {
  const fault = cidrFault(source);
  if (fault) return fault;
  if (!isWide(source)) return undefined;
  return {
    reason: `would let a large part of the Internet try keys`,
    fix: `name the networks that you work from, with prefix lengths from ${leastPrefix(source)}, or use \`aws ssm start-session\``,
  };
}
