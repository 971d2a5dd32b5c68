import { Context } from "../context";
import { Machine } from "../hosts/host";
import { Target } from "../rule";

/** A domain that a machine answers at. */
export interface DeclaredDomain extends Target {
  readonly machine: Machine;
  readonly domain: string;
}

/** The domains whose DNS is part of the deployment: not those kept elsewhere, and not names of one computer only. */
export function declaredDomains({ hosts, settings }: Context): DeclaredDomain[] {
  return hosts
    .flatMap((host) => {
      const { urn, machine, contract } = host;
      return machine ? (contract.domains ?? []).map((domain) => ({ urn, machine, domain })) : [];
    })
    .filter(({ domain }) => !settings.elsewhere.includes(domain) && !isLocalName(domain));
}

/** RFC 6761: names under `localhost` never leave the computer. */
const isLocalName = (domain: string): boolean => domain === "localhost" || domain.endsWith(".localhost");
