import { listeners } from "../balancers/listeners";
import { Origin, originsOf } from "../cdn/distributions";
import { endsOf } from "../cdn/requests";
import { Context } from "../context";
import { Resource } from "../graph/graph";
import { entry, text, wholeNumber } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Host, Machine } from "../hosts/host";
import { HostListening } from "../hosts/listening";
import { Draft } from "../rule";
import { checkLater, fail, pass, unknown } from "../rules/drafts";
import { openEnds } from "./open-ends";
import { checkEnds } from "./target-chain";

/** Whether each CDN asks a host, or the balancer before it, on a port where it listens. */
export function originChain(host: Host, machine: Machine, listening: HostListening, context: Context): Draft[] {
  return machine.entries.distributions.flatMap((distribution) => {
    const origins = originsOf(distribution);
    if (origins === UNKNOWN) return [];
    return origins.flatMap((origin) => {
      const ends = endsOf(distribution, origin, context);
      const own = ends.some((end) => machine.entries.own.includes(end));
      const balancers = ends.filter((end) => machine.entries.loadBalancers.includes(end));
      if (!own && balancers.length === 0) return [];
      return portsOf(origin).map((asked) => checkPort(distribution, origin, asked, own ? [] : balancers));
    });
  });

  function checkPort(
    distribution: Resource,
    origin: Origin,
    { port, protocol }: AskedPort,
    balancers: readonly Resource[],
  ): Draft {
    const details = { about: `${origin.name} ${protocol}`, resource: distribution.urn };
    if (port === UNKNOWN)
      return unknown(`the port that ${distribution.name} asks ${origin.name} on is not known`, checkLater, details);
    const what = `${distribution.name}'s origin ${origin.name}`;
    const found =
      balancers.length > 0
        ? checkListeners(balancers, port, what, details)
        : checkEnds(host, openEnds(host, listening, port), { port, protocol, what }, details);
    return found ?? pass(`${what} asks port ${port}, where somebody listens`, details);
  }

  function checkListeners(balancers: readonly Resource[], port: number, what: string, details: object): Draft | null {
    const own = listeners(context.graph).filter((listener) =>
      listener.balancers.some((one) => balancers.includes(one)),
    );
    const ports = own.map(({ resource }) => wholeNumber(resource.properties["port"]));
    if (ports.includes(port)) return null;
    const names = balancers.map(({ name }) => name).join(", ");
    if (ports.includes(UNKNOWN))
      return unknown(`whether ${names} listens on port ${port} is not known`, checkLater, details);
    return fail(
      `${what} asks port ${port}, where ${names} has no listener`,
      "add a listener, or ask another port",
      details,
    );
  }
}

/** A port that a CDN asks an origin on. */
export interface AskedPort {
  readonly port: number | typeof UNKNOWN;
  readonly protocol: "HTTP" | "HTTPS";
}

/** The ports that an origin is asked on, by its protocols. Of one inside a VPC they are said elsewhere. */
export function portsOf({ value }: Origin): AskedPort[] {
  const config = entry(value, "customOriginConfig");
  if (config === undefined || config === null) return [];
  const policy = text(entry(config, "originProtocolPolicy"));
  const port = (key: string, usual: number) => wholeNumber(entry(config, key)) ?? usual;
  const plain: AskedPort = { port: port("httpPort", 80), protocol: "HTTP" };
  const secure: AskedPort = { port: port("httpsPort", 443), protocol: "HTTPS" };
  if (policy === "http-only") return [plain];
  return policy === "https-only" ? [secure] : [];
}
