import { App } from "../../components/app/app";
import { namesOf, withAliases } from "../../components/app/names";
import { hostContract } from "../../components/host/contract";
import { directHops } from "../../components/host/hops";
import { listeningPorts, withNames } from "../../components/host/names";
import { serverReach } from "../../components/host/places";
import { Problem } from "../../components/app/problem";
import { appShape } from "../../components/app/validation/app-shape";
import { list, read } from "../../components/app/validation/shape";
import { wellShapedWeb } from "../../components/app/validation/web";
import { Web } from "../../components/app/web";
import { Contract, noContract } from "../contract";
import { contractOf } from "../read-contract";

/**
 * What apps declare about their host by their own descriptions, and all that is wrong with those: at each name that they answer
 * by, whether it is written out, fits a pattern of theirs, or is an alias.
 *
 * @param said what is said of the host's web server
 */
export function appsContract(data: unknown, path: string, said?: unknown): { contract: Contract; problems: Problem[] } {
  const problems: Problem[] = [];
  const described = (read(list(appShape), data, path, problems) ?? []) as App[];
  const web = wellShapedWeb((said ?? {}) as Web, problems);
  if (problems.length > 0) return { contract: noContract, problems };
  const apps = withAliases(described, web);
  const names = namesOf(described, web);
  const ports = listeningPorts(withNames(directHops, described, web), names);
  const contract = contractOf(
    {
      ...hostContract(apps),
      domains: names,
      publicPorts: [
        ...(names.length > 0 ? [...ports.http, ...ports.https] : []),
        ...apps.flatMap((app) => app.listen?.publicPorts ?? []),
      ].map(String),
      outbound: apps.flatMap((app) => [...(app.reach ?? []), ...serverReach(app)]),
    },
    path,
    problems,
  );
  return { contract, problems };
}
