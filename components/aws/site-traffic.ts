import { App } from "../app/app";
import { ownDomains } from "../app/app-tls";
import { asksAuthorityFor } from "../app/certificate-source";
import { webNamesOf } from "../app/names";
import { cidrFault } from "../app/traffic";
import { Web } from "../app/web";
import { directHops } from "../host/hops";
import { listeningPorts, withNames } from "../host/names";
import { serverReach } from "../host/places";
import type { TrafficArgs } from "./traffic-args";

/** Traffic whose port is known. */
interface PortTraffic extends TrafficArgs {
  port: string;
}

/** What the host of a site lets through. */
export interface SiteTraffic {
  ingress: PortTraffic[];
  egress: PortTraffic[];
}

/** Who connects to the host of a site. */
export const Entry = {
  /** Whoever wants. */
  Clients: "clients",
  /** CloudFront, whose addresses are a list that only AWS knows; public ports of apps are open to whoever wants. */
  Cdn: "cdn",
  /** A load balancer, which lets itself in and nobody else. */
  Balancer: "balancer",
} as const;
export type Entry = (typeof Entry)[keyof typeof Entry];

/**
 * What the host of some apps lets through: in, what the apps answer on; out, what they declare and what the host itself
 * needs. Name resolution and time need no rule: security groups do not filter traffic to Amazon's resolver, its time
 * service and the instance metadata (Amazon VPC User Guide, "Control traffic to your AWS resources using security groups").
 */
export function siteTraffic(apps: readonly App[], entry: Entry = Entry.Clients, web: Web = {}): SiteTraffic {
  const ingress = { clients: [...webPorts(apps, web), ...publicPorts(apps)], cdn: publicPorts(apps), balancer: [] };
  return {
    ingress: ingress[entry],
    egress: [...hostNeeds(apps), ...declared(apps)],
  };
}

/** Where the web server listens. Port 80 redirects, and answers the certificate authority. */
function webPorts(apps: readonly App[], web: Web): PortTraffic[] {
  const { http, https } = listeningPorts(withNames(directHops, apps, web), webNamesOf(apps, web));
  const purpose = (port: number): string => (port === 80 ? "http" : port === 443 ? "https" : String(port));
  const challenges = http.includes(80) || !asksAuthority(apps, web) ? [] : [80];
  return [...challenges, ...http, ...https].map((port) => ({ port: purpose(port) }));
}

/** Whether an app that ends TLS itself may have a certificate that an authority asks for, by port 80. */
function asksAuthority(apps: readonly App[], web: Web): boolean {
  return ownDomains(apps).some((domain) => asksAuthorityFor(domain, web));
}

function publicPorts(apps: readonly App[]): PortTraffic[] {
  return apps.flatMap((app) => app.listen?.publicPorts ?? []).map((port) => ({ port: String(port) }));
}

/** Store, parameters, packages and certificates come over HTTPS, Debian's own packages over HTTP, code from git's ports. */
function hostNeeds(apps: readonly App[]): PortTraffic[] {
  const ports = apps.flatMap((app) => (app.source.git ? [gitPort(app.source.git.url)] : []));
  return ["https", "http", ...ports].map((port) => ({ port }));
}

const gitPorts: Readonly<Record<string, string>> = { "https:": "443", "http:": "80", "ssh:": "22", "git:": "9418" };

function gitPort(url: string): string {
  if (!/^\w+:\/\//.test(url)) return "22"; // user@host:path
  const { port, protocol } = new URL(url);
  return port || gitPorts[protocol]!; // validation lets no other protocol through
}

/** A security group knows no host names: a peer that is one is open by its port, and the host's own rules go further. */
function declared(apps: readonly App[]): PortTraffic[] {
  return apps.flatMap((app) =>
    [...(app.reach ?? []), ...serverReach(app)].map(({ port, peer }) =>
      peer === undefined || cidrFault(peer) ? { port } : { port, peer },
    ),
  );
}
