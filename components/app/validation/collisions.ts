import { App } from "../app";
import { answersItself } from "../app-tls";
import { at, Problem } from "../problem";
import { isDomainPattern, literalDomains, placedRoutes } from "../route/domains";
import { withSlashes } from "./routes";

/** Ports on every address of the host that are taken before any app comes: remote login and the web server. */
const hostPorts: ReadonlyMap<number, string> = new Map([
  [22, "the host's SSH server"],
  [80, "the web server"],
  [443, "the web server"],
]);

/** What one app claims for itself, and where it says so. */
interface Claim {
  app: string;
  path: string;
}

/**
 * Checks what only one app of a host can have: its name (and with it user, units, folders and sockets), its ports and
 * its places on the web. One pass with one look-up for each claim, so that the time grows linearly.
 */
export function checkCollisions(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const names = new Map<string, Claim>();
  const ports = new Map<number, Claim>();
  const hasWebServer = apps.some(({ routes }) => routes?.length);
  apps.forEach((app, index) => {
    const path = at("apps", index);
    claimName(app, path, names, problems);
    claimPorts(app, path, hasWebServer, ports, problems);
  });
  claimPlaces(apps, problems);
  return problems;
}

const nameOf = (app: App, path: string): string => (app.name === undefined ? path : `app '${app.name}'`);

function claimName(app: App, path: string, names: Map<string, Claim>, problems: Problem[]): void {
  if (app.name === undefined) return;
  const first = names.get(app.name);
  if (!first) {
    names.set(app.name, { app: app.name, path });
    return;
  }
  problems.push({
    path: at(path, "name"),
    value: app.name,
    reason: `is also the name of ${first.path}, and names user, units, folders and socket`,
    fix: "give each app a name of its own",
  });
}

function claimPorts(
  app: App,
  path: string,
  hasWebServer: boolean,
  ports: Map<number, Claim>,
  problems: Problem[],
): void {
  const listen = at(path, "listen");
  const wanted: [number, string][] = (app.listen?.publicPorts ?? []).map((port, index) => [
    port,
    at(at(listen, "publicPorts"), index),
  ]);
  if (app.listen?.port !== undefined) wanted.push([app.listen.port, at(listen, "port")]);
  for (const [port, where] of wanted) {
    const first = ports.get(port);
    // Port 80 stays free for challenges of certificate authorities.
    const isFree = port === 443 && answersItself(app) && !hasWebServer;
    const holder = (isFree ? undefined : hostPorts.get(port)) ?? (first && `${first.app} (${first.path})`);
    if (holder === undefined) ports.set(port, { app: nameOf(app, path), path: where });
    else problems.push({ path: where, value: port, reason: `is taken by ${holder}`, fix: "use another port" });
  }
}

function claimPlaces(apps: readonly App[], problems: Problem[]): void {
  const places = new Map<string, Claim & { written: string }>();
  const refused = new Set<string>();
  const placed = placedRoutes(apps);
  for (const { app, route, place } of placed) {
    // A pattern of host names is refused once, however many names it shares with another.
    if (route.domain === undefined || refused.has(place)) continue;
    const written = route.pattern ?? route.path ?? "/";
    const kept = `${route.domain.toLowerCase()} ${route.pattern === undefined ? withSlashes(written) : `~${written}`}`;
    const first = places.get(kept);
    if (!first) {
      places.set(kept, { app: nameOf(app, place.replace(/\.routes.*/, "")), path: place, written });
      continue;
    }
    refused.add(place);
    problems.push({
      path: at(place, route.pattern === undefined ? "path" : "pattern"),
      value: written,
      reason: `on ${route.domain} overlaps "${first.written}" of ${first.app} (${first.path})`,
      fix: `give one of them another ${route.pattern === undefined ? "prefix" : "pattern"}`,
    });
  }
  problems.push(...idlePatterns(apps, new Set(placed.map(({ place }) => place))));
}

/** Patterns of host names that nothing is served at. */
function idlePatterns(apps: readonly App[], used: ReadonlySet<string>): Problem[] {
  const known = literalDomains(apps);
  return apps.flatMap((app, index) =>
    (app.routes ?? []).flatMap(({ domain }, position) => {
      const place = at(at(at("apps", index), "routes"), position);
      if (domain === undefined || !isDomainPattern(domain) || used.has(place)) return [];
      const names = known.length > 0 ? known.join(", ") : "none";
      const fix = `give a route to each host name that is meant; there are: ${names}`;
      return [{ path: at(place, "domain"), value: domain, reason: "is for no host name that lacks this path", fix }];
    }),
  );
}
