import { Reach } from "../components/app/reach";
import { domainFault } from "../components/app/domain";
import { at, Problem } from "../components/app/problem";
import { cidrFault, portsOf } from "../components/app/traffic";
import * as shape from "../components/app/validation/shape";
import { Contract, OpenPorts, Transport } from "./contract";

/** An address as it is written. */
interface WrittenRoute {
  domain: string;
  path?: string;
  service?: string;
}

/** A contract as it is written. */
export interface WrittenContract {
  domains?: string[];
  routes?: WrittenRoute[];
  publicPorts?: string[];
  appPorts?: number[];
  outbound?: Reach[];
  services?: string[];
  directories?: Record<string, string>;
}

/** The properties of a contract as it is written. */
export const contractFields = {
  domains: shape.list(shape.text),
  routes: shape.list(
    shape.object<WrittenRoute>({ domain: shape.text, path: shape.text, service: shape.text }, ["domain"]),
  ),
  publicPorts: shape.list(shape.text),
  appPorts: shape.list(shape.number),
  outbound: shape.list(shape.object<Reach>({ port: shape.text, peer: shape.text }, ["port"])),
  services: shape.list(shape.text),
  directories: shape.texts,
};

const contractShape = shape.object<WrittenContract>(contractFields, []);

/** A contract from plain data, as components give it, and all that is wrong with it. */
export function readContract(data: unknown, path: string): { contract: Contract; problems: Problem[] } {
  const problems: Problem[] = [];
  const written = (shape.read(contractShape, data, path, problems) ?? {}) as WrittenContract;
  return { contract: contractOf(written, path, problems), problems };
}

/** The contract that was written; what is wrong is left out of it. */
export function contractOf(written: WrittenContract, path: string, problems: Problem[]): Contract {
  checkNames(written.domains ?? [], at(path, "domains"), problems);
  written.routes?.forEach((route, index) => checkRoute(route, at(at(path, "routes"), index), problems));
  const publicPorts = written.publicPorts?.flatMap((text, index) =>
    openPorts(text, at(at(path, "publicPorts"), index), problems),
  );
  written.appPorts?.forEach((port, index) => {
    const where = at(at(path, "appPorts"), index);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      problems.push({ path: where, value: port, reason: "is not a port", fix: "use a whole number from 1 to 65535" });
    else if (publicPorts?.some(({ from, to }) => from <= port && port <= to))
      problems.push({
        path: where,
        value: port,
        reason: "is a public port as well",
        fix: "take it out of one of the two lists: an app's port is for the web server only",
      });
  });
  written.outbound?.forEach((reach, index) => checkReach(reach, at(at(path, "outbound"), index), problems));
  Object.entries(written.directories ?? {}).forEach(([service, directory]) => {
    if (!directory.startsWith("/"))
      problems.push({
        path: at(at(path, "directories"), service),
        value: directory,
        reason: "is not an absolute path",
        fix: "write it from the root, e.g. /srv/app",
      });
  });
  return {
    domains: written.domains ?? null,
    routes:
      written.routes?.map((route) => ({
        domain: route.domain,
        path: route.path ?? "/",
        service: route.service ?? null,
      })) ?? null,
    publicPorts: publicPorts ?? null,
    appPorts: written.appPorts ?? null,
    outbound: written.outbound ?? null,
    services: written.services ?? null,
    directories: written.directories ?? null,
  };
}

function checkRoute({ domain, path }: WrittenRoute, where: string, problems: Problem[]): void {
  const fault = domainFault(domain);
  if (fault) problems.push({ path: at(where, "domain"), value: domain, ...fault });
  if (path !== undefined && !path.startsWith("/"))
    problems.push({
      path: at(where, "path"),
      value: path,
      reason: "does not begin at the root of the domain",
      fix: "begin it with a slash, e.g. /reports/",
    });
}

/** Ports as they are written: `80`, `8000-8010`, `https`, `443/udp`. */
function openPorts(text: string, path: string, problems: Problem[]): OpenPorts[] {
  const [ports = "", transport = Transport.Tcp, ...rest] = text.split("/");
  const range = portsOf(ports);
  if (range && rest.length === 0 && (transport === Transport.Tcp || transport === Transport.Udp))
    return [{ ...range, transport }];
  problems.push({
    path,
    value: text,
    reason: "is not a port, a range of ports or the name of one",
    fix: 'write it like "443", "8000-8010" or "443/udp"',
  });
  return [];
}

function checkReach({ port, peer }: Reach, path: string, problems: Problem[]): void {
  if (!portsOf(port))
    problems.push({
      path: at(path, "port"),
      value: port,
      reason: "is not a port, a range of ports or the name of one",
      fix: 'write it like "smtp", "587" or "8000-8010"',
    });
  const fault = peer === undefined ? undefined : peer.includes("/") ? cidrFault(peer) : undefined;
  if (fault) problems.push({ path: at(path, "peer"), value: peer, ...fault });
}

/** Reports what is no host name. */
export function checkNames(names: readonly string[], path: string, problems: Problem[]): void {
  names.forEach((name, index) => {
    const fault = domainFault(name);
    if (fault) problems.push({ path: at(path, index), value: name, ...fault });
  });
}
