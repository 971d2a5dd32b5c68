import { App } from "../app/app";
import { PlainHttp } from "../app/domain-settings";
import { certifiedDomains, ownDomains, ownPort } from "../app/app-tls";
import { literalDomains } from "../app/route/domains";
import { Web } from "../app/web";
import type { HopChain } from "./hops";

/** How a host answers by a name. */
export interface NameAddress {
  /** The domain that the name belongs to: whose certificate is for it, and which it leads to if it only leads there. */
  domain: string;
  /** Whether it only leads to the domain. */
  leadsThere: boolean;
  http: PlainHttp;
  /** Where the web server listens for plain HTTP by this name. */
  httpPort: number;
  /** Where it listens for TLS by this name, unless plain HTTP is all there is. */
  httpsPort: number;
  /** Whether an app listens there itself, and the web server has plain HTTP alone, which it sends on. @default false */
  byApp?: boolean;
}

/** Where a web server listens if nothing else is said. */
export const usualPorts = { http: 80, https: 443 } as const;

/** The same hops, which know how each name is answered that is not answered in the usual way. */
export function withNames<T extends HopChain>(hops: T, apps: readonly App[], web: Web): T {
  const byApps = ownDomains(apps);
  if (!web.domains?.length && !web.ports && !byApps.length) return hops;
  const own = new Map((web.domains ?? []).map((settings) => [settings.domain, settings]));
  const entries = [...new Set([...certifiedDomains(apps), ...own.keys()])].flatMap(
    (domain): [string, NameAddress][] => {
      const { aliases = [], redirects = [], http = PlainHttp.Redirect, ports } = own.get(domain) ?? { domain };
      const app = byApps.includes(domain) ? apps.find(({ tls }) => tls?.domain === domain) : undefined;
      const address: NameAddress = {
        domain,
        leadsThere: false,
        http,
        httpPort: ports?.http ?? web.ports?.http ?? usualPorts.http,
        httpsPort: (app ? ownPort(app) : (ports?.https ?? web.ports?.https)) ?? usualPorts.https,
        ...(app && { byApp: true }),
      };
      return [
        ...[domain, ...aliases].map((name): [string, NameAddress] => [name, address]),
        ...redirects.map((name): [string, NameAddress] => [name, { ...address, leadsThere: true }]),
      ];
    },
  );
  return { ...hops, names: Object.fromEntries(entries) };
}

/** How the host answers by a name. */
export function addressOf({ names }: Pick<HopChain, "names">, name: string): NameAddress {
  const usual = { domain: name, leadsThere: false, http: PlainHttp.Redirect };
  return names?.[name] ?? { ...usual, httpPort: usualPorts.http, httpsPort: usualPorts.https };
}

/** The names that only lead to a domain, sorted. */
export function leadingNames({ names = {} }: Pick<HopChain, "names">): string[] {
  return Object.keys(names)
    .filter((name) => names[name]?.leadsThere)
    .sort();
}

/** The names that apps answer at by themselves, sorted. */
export function namesOfApps({ names = {} }: Pick<HopChain, "names">): string[] {
  return Object.keys(names)
    .filter((name) => names[name]?.byApp)
    .sort();
}

/** The names at which no route answers: those that lead to a domain, and those that apps answer at by themselves. */
export const sentOnNames = (hops: Pick<HopChain, "names">): string[] => [...leadingNames(hops), ...namesOfApps(hops)];

/** The names that a domain's certificate is for, beside the domain itself; sorted. */
export function furtherNames({ names = {} }: Pick<HopChain, "names">, domain: string): string[] {
  return Object.keys(names)
    .filter((name) => name !== domain && names[name]?.domain === domain)
    .sort();
}

/** Where a web server listens for the names of some apps: by plain HTTP alone for those that apps answer at by themselves. */
export function webPorts(apps: readonly App[], hops: HopChain): ListeningPorts {
  const seen = namesOfApps(hops).reduce(byPlainHttp, hops);
  return listeningPorts(seen, [...literalDomains(apps), ...sentOnNames(hops)]);
}

/** Whether a name is answered by TLS. */
export function hasTls(hops: Pick<HopChain, "names">, name: string): boolean {
  return addressOf(hops, name).http !== PlainHttp.Only;
}

/** The same hops as those see them who come by plain HTTP to a name that is answered in both ways. */
export function byPlainHttp(hops: HopChain, name: string): HopChain {
  const plain: NameAddress = { ...addressOf(hops, name), http: PlainHttp.Only };
  return { ...hops, names: { ...hops.names, [name]: plain } };
}

/** Ports of the host on which its web server listens, sorted. */
export interface ListeningPorts {
  http: number[];
  https: number[];
}

/** Where the web server of some names listens. */
export function listeningPorts(hops: Pick<HopChain, "names">, names: readonly string[]): ListeningPorts {
  const addresses = names.map((name) => addressOf(hops, name));
  const secure = addresses.filter(({ http }) => http !== PlainHttp.Only);
  return {
    http: sorted(addresses.map(({ httpPort }) => httpPort)),
    https: sorted(secure.map(({ httpsPort }) => httpsPort)),
  };
}

function sorted(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
