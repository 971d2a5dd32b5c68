import { codeFolder } from "../../../components/app/paths";
import { HostPlan } from "../../../components/host/plan";
import { Contract, OpenPorts, Transport } from "../../contract";
import { addressOf } from "../nginx/listens";
import { NginxView } from "../nginx/nginx-view";
import { settingWords } from "../systemd/settings";
import { UnitView } from "../systemd/unit-view";

/** What a host plan declares about its host. Reach is not part of a plan, which leaves it undeclared. */
export function contractOf(plan: HostPlan, units: readonly UnitView[], nginx: NginxView | null): Contract {
  const ofApps = new Set(plan.apps.flatMap(({ service, socket }) => [service, socket]).filter((name) => name !== null));
  const services = plan.apps.flatMap(({ name, service, further = [] }) =>
    [service, ...further.map((instance) => instance.service)].flatMap((one) =>
      one === null ? [] : [{ name, service: one }],
    ),
  );
  return {
    domains: domainsOf(plan),
    // The first route of each app. A plan does not say whether its service or its files answer there.
    routes: plan.health.flatMap(({ web }) =>
      web === null ? [] : [{ domain: web.host, path: folderOf(web.path), service: null }],
    ),
    publicPorts: publicPorts(
      units.filter(({ name }) => ofApps.has(name)),
      nginx,
    ),
    appPorts: appPorts(nginx),
    outbound: null,
    services: services.map(({ service }) => service),
    // Those that the apply program makes, whatever the units say.
    directories: Object.fromEntries(services.map(({ name, service }) => [service, codeFolder(name)])),
  };
}

/** Names with a certificate, and those of apps that answer without one. */
function domainsOf({ certificates, health }: HostPlan): string[] {
  const plain = health.flatMap(({ web }) => (web?.scheme === "http" ? [web.host] : []));
  return [...new Set([...certificates.flatMap(({ domain, names = [] }) => [domain, ...names]), ...plain])];
}

/** The folder of what is asked for, e.g. `/api/` of `/api/up?deep=1`. */
const folderOf = (path: string): string => path.replace(/[?#].*$/s, "").replace(/[^/]*$/, "");

/** Ports that nginx and the sockets of apps listen on, but for those of the loopback address. */
function publicPorts(units: readonly UnitView[], nginx: NginxView | null): OpenPorts[] {
  const ports = new Set<string>();
  for (const { listens } of nginx?.servers ?? []) {
    for (const { address, port, quic } of listens) {
      if (port !== null && !isLoopback(address)) ports.add(`${quic ? Transport.Udp : Transport.Tcp} ${port}`);
    }
  }
  const sockets: readonly (readonly [string, Transport])[] = [
    ["ListenStream", Transport.Tcp],
    ["ListenDatagram", Transport.Udp],
  ];
  for (const unit of units) {
    for (const [key, transport] of sockets) {
      for (const word of settingWords(unit, "Socket", key)) {
        const { address, port } = addressOf(word);
        if (/^(\d+|.*:\d+)$/.test(word) && port !== null && !isLoopback(address)) ports.add(`${transport} ${port}`);
      }
    }
  }
  return [...ports].map((text) => {
    const [transport, port] = text.split(" ");
    const from = Number(port);
    return { transport: transport === Transport.Udp ? Transport.Udp : Transport.Tcp, from, to: from };
  });
}

/** Ports of the loopback address that nginx hands requests to. */
function appPorts(nginx: NginxView | null): number[] {
  const addresses = (nginx?.upstreams ?? []).flatMap(({ servers }) => servers.map(({ address }) => addressOf(address)));
  return [...new Set(addresses.flatMap(({ address, port }) => (port !== null && isLoopback(address) ? [port] : [])))];
}

const isLoopback = (address: string): boolean => /^(127\.|localhost$|\[?::1\]?$)/.test(address);
