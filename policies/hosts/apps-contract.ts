import { App } from "../../components/app/app";
import { ListenVia } from "../../components/app/listen";
import { ServeBy } from "../../components/app/route/route";
import { codeFolder, serviceUnit } from "../../components/app/paths";
import { serverReach, serviceUnits } from "../../components/host/places";
import { Problem } from "../../components/app/problem";
import { appShape } from "../../components/app/validation/app-shape";
import { list, read } from "../../components/app/validation/shape";
import { Contract, noContract } from "../contract";
import { contractOf } from "../read-contract";

/** What apps declare about their host by their own descriptions, and all that is wrong with those. */
export function appsContract(data: unknown, path: string): { contract: Contract; problems: Problem[] } {
  const problems: Problem[] = [];
  const apps = (read(list(appShape), data, path, problems) ?? []) as App[];
  if (problems.length > 0) return { contract: noContract, problems };
  const running = apps.filter((app) => app.process);
  const contract = contractOf(
    {
      domains: [...new Set(apps.flatMap(({ routes }) => (routes ?? []).map(({ domain }) => domain)))],
      routes: apps.flatMap(({ name, process, routes = [] }) =>
        routes.map(({ domain, path, serve }) => ({
          domain,
          ...(path !== undefined && { path }),
          ...(process && serve !== ServeBy.Files && { service: serviceUnit(name) }),
        })),
      ),
      publicPorts: [
        ...(apps.some((app) => app.routes?.length) ? ["http", "https"] : []),
        ...apps.flatMap((app) => app.listen?.publicPorts ?? []).map(String),
      ],
      appPorts: running.flatMap(({ listen }) => (listen?.via === ListenVia.Port && listen.port ? [listen.port] : [])),
      outbound: apps.flatMap((app) => [...(app.reach ?? []), ...serverReach(app)]),
      services: running.flatMap(serviceUnits),
      directories: Object.fromEntries(
        running.flatMap((app) => serviceUnits(app).map((service) => [service, codeFolder(app.name)])),
      ),
    },
    path,
    problems,
  );
  return { contract, problems };
}
