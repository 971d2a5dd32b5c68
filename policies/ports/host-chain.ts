import { Host } from "../hosts/host";
import { HostListening, servicesAt } from "../hosts/listening";
import { NginxView } from "../reader/nginx/nginx-view";
import { Draft } from "../rule";
import { absent, fail, pass, placed, unknown } from "../rules/drafts";
import { isLocal, Proxied, proxied, UpstreamAddress } from "../web/upstream";

const ask = "ask for it once it is deployed";

/** Whether nginx hands requests to where the apps listen, each a draft by its address. */
export function upstreamChain(host: Host, nginx: NginxView, listening: HostListening): Draft[] {
  const all = nginx.servers.flatMap((server) => proxied(nginx, server));
  const byAddress = new Map<string, { address: UpstreamAddress; from: Proxied }>();
  for (const from of all)
    for (const address of from.upstream.addresses.filter(isLocal)) {
      const named = { ...address, port: address.socket ? null : (address.port ?? usualPort(from)) };
      byAddress.set(textOf(named), { address: named, from });
    }
  return [...byAddress.values()].flatMap(({ address, from }) => checkAddress(host, nginx, listening, address, from));
}

/** The port of an address without one. */
const usualPort = ({ directive }: Proxied): number | null =>
  directive.name === "proxy_pass" ? (directive.args[0]?.startsWith("https://") ? 443 : 80) : null;

const textOf = ({ host, port, socket }: UpstreamAddress): string =>
  socket ? `unix:${host}` : port === null ? host : `${host}:${port}`;

function checkAddress(
  host: Host,
  nginx: NginxView,
  listening: HostListening,
  address: UpstreamAddress,
  { directive }: Proxied,
): Draft[] {
  const what = textOf(address);
  const details = { about: `nginx ${what}`, place: placed(directive.place) };
  if (isOwn(nginx, address)) return [];
  const { appPorts, publicPorts } = host.contract;
  const { port } = address;
  const isPublic = (publicPorts ?? []).some(({ from, to }) => port !== null && from <= port && port <= to);
  if (port !== null && appPorts && appPorts.length > 0 && !appPorts.includes(port) && !isPublic)
    return [
      fail(
        `nginx hands requests to ${what}, and the declared ports are ${appPorts.join(", ")}`,
        "use one port for both",
        details,
      ),
    ];
  const services = servicesAt(listening, address);
  if (services.length > 0)
    return [pass(`nginx hands requests to ${what}, where ${services.join(", ")} listens`, details)];
  if (listening.unread.length > 0)
    return [unknown(`whether ${listening.unread.join(", ")} listens at ${what} cannot be read`, ask, details)];
  // Without any service there is nothing to hold it against: a container, or a package's own unit.
  if (listening.places.length === 0) return [unknown(`who listens at ${what} cannot be read`, ask, details)];
  const message = `nginx hands requests to ${what}, where no service listens${others(host, listening.places)}`;
  return [absent(host, message, "use one address for both", details)];
}

/** Whether it is another server of nginx itself. */
const isOwn = ({ servers }: NginxView, { host, port, socket }: UpstreamAddress): boolean =>
  servers.some(({ listens }) =>
    listens.some((listen) => (socket ? listen.address === `unix:${host}` : port !== null && listen.port === port)),
  );

/** Whether services listen at the ports that are declared; those that nginx hands requests to are held against that. */
export function declaredChain(host: Host, listening: HostListening): Draft[] {
  const { nginx } = host.view;
  const handed = (nginx?.servers ?? [])
    .flatMap((server) => proxied(nginx!, server))
    .flatMap(({ upstream }) => upstream.addresses.map(({ port }) => port));
  const missing = (host.contract.appPorts ?? []).filter(
    (port) => !handed.includes(port) && !listening.places.some((place) => place.port === port),
  );
  return missing.map((port) => checkMissing(host, port, listening));
}

function checkMissing(host: Host, port: number, { places, unread }: HostListening): Draft {
  const details = { about: `declared ${port}` };
  if (unread.length > 0 || places.length === 0)
    return unknown(`whether ${unread.join(", ") || "an app"} listens on port ${port} cannot be read`, ask, details);
  const message = `no service listens on port ${port}, which is declared${others(host, places)}`;
  return absent(host, message, "use one port for both", details);
}

/** What listens at ports that nobody declares. */
function others({ contract }: Host, places: HostListening["places"]): string {
  const known = [
    ...(contract.appPorts ?? []).map((port) => ({ from: port, to: port })),
    ...(contract.publicPorts ?? []),
  ];
  const strays = places.filter(
    ({ port }) => port !== null && !known.some(({ from, to }) => from <= port && port <= to),
  );
  return strays.map(({ service, port }) => `; ${service} listens on ${port}`).join("");
}
