import { RedisWhenFull } from "../../app/redis";
import { suggestion } from "../../app/nearest";
import { Fault, Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { checkRange } from "../../app/validation/text";
import { dataMiB, defaultNodeType, nodeTypeFault } from "./node-type";
import { RedisNodesArgs, SharedRedisArgs } from "./redis-args";

/** One node that is written to and five that follow it (ElastiCache API Reference, "CreateReplicationGroup": NumCacheClusters). */
const nodes = [1, 6] as const;

/** Longest time that copies of each day are kept (the same page: SnapshotRetentionLimit). */
const snapshotDays = [0, 35] as const;

/** Letters of a parameter group's name (ElastiCache API Reference, "CreateCacheParameterGroup"), less a hyphen and 7 at random. */
const nameLetters = 247;

/** What is wrong with the name of a Redis: groups of ElastiCache are named by it. */
export function redisNameFault(name: string): Fault | undefined {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    return { reason: "cannot name a Redis", fix: "use small letters, digits and single inner hyphens, a letter first" };
  if (name.length <= nameLetters) return undefined;
  return { reason: `has ${name.length} characters`, fix: `use at most ${nameLetters}` };
}

/** What is wrong with a shared Redis. Values that come to be known later have no problems. */
export function redisProblems(name: string, args: SharedRedisArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const fault = redisNameFault(name);
  if (fault) report.in("name").refuse(name, fault.reason, fault.fix);
  checkNodes(args, args.memoryMiB, report);
  const { subnetIds, hosts, whenFull, password } = args;
  if (subnetIds.length === 0) report.in("subnetIds").refuseUnseen("is empty", "give one in each availability zone");
  if (hosts.length === 0) report.in("hosts").refuseUnseen("is empty", "name the groups of those who use it");
  const choices: readonly string[] = Object.values(RedisWhenFull);
  if (whenFull !== undefined && !choices.includes(whenFull))
    report.in("whenFull").refuse(whenFull, "is not one of the choices", suggestion(whenFull, choices));
  if (typeof password === "string" && !/^[A-Za-z0-9!&#$^<>-]{16,128}$/.test(password))
    report
      .in("password")
      .refuseUnseen("is no password that ElastiCache takes", "use 16 to 128 letters, digits and !&#$^<>-");
  return problems;
}

/** What is wrong with the nodes, and whether they can keep as much as is asked for. */
export function checkNodes(args: RedisNodesArgs, memoryMiB: number | undefined, report: Report): void {
  const { nodeType = defaultNodeType } = args;
  const fault = nodeTypeFault(nodeType);
  const place = report.in("nodeType");
  if (fault) place.refuse(nodeType, fault.reason, fault.fix);
  const most = dataMiB(nodeType);
  if (memoryMiB !== undefined && most !== undefined && memoryMiB > most)
    place.refuse(nodeType, `can keep ${most} MiB, and ${memoryMiB} are asked for`, "take a larger one");
  checkRange(args.nodes, nodes, report.in("nodes"));
  checkRange(args.snapshotDays, snapshotDays, report.in("snapshotDays"));
}
