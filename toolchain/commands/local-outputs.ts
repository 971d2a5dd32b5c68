import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { MachineAddress, SiteAddress } from "../../components/local/local-site";

/** What the local stack says about itself. Everything is empty when it does not run. */
export interface LocalOutputs {
  /** Id of its private network; undefined when it does not run. */
  id: string | undefined;
  machines: readonly MachineAddress[];
  sites: readonly SiteAddress[];
  /** Certificate of the authority that signed the sites' certificates, PEM. */
  caCertificate: string;
}

/** Reads a stack's outputs. Half of them, as after a failed `up`, are as good as none. */
export function localOutputs(outputs: Readonly<Record<string, unknown>>): LocalOutputs {
  const { id, machines, sites, caCertificate } = outputs;
  return {
    id: typeof id === "string" ? id : undefined,
    machines: Array.isArray(machines) ? (machines as MachineAddress[]) : [],
    sites: Array.isArray(sites) ? (sites as SiteAddress[]) : [],
    caCertificate: typeof caCertificate === "string" ? caCertificate : "",
  };
}

/** Writes the authority's certificate where browsers and curl find it, unless it is there. */
export function writeCertificate(file: string, pem: string): void {
  if (!pem || (existsSync(file) && readFileSync(file, "utf8") === pem)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, pem);
  chmodSync(file, 0o644);
}
