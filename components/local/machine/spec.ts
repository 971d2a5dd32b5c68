import { isAbsolute } from "node:path";
import { codename } from "./debian";
import { checkMachineName, checkStackId } from "./names";

/** A folder or file of this computer that a machine sees. */
export interface Bind {
  /** Absolute path on this computer. */
  source: string;
  /** Absolute path in the machine. */
  target: string;
  /** @default true */
  readOnly?: boolean;
}

/** What a machine is to be. Plain data. */
export interface MachineSpec {
  /** Stack id (see `stackId`). */
  id: string;
  /** Host name: small letters, digits, hyphens. */
  name: string;
  /** Debian release: 12 or 13. */
  debian: number;
  /** Debian packages that the image already has. @default none beyond the base */
  packages?: string[];
  /** Folders that lie under the machine's own files, the first on top: cached parts of its file system (see `harvestLayer`). @default none */
  layers?: string[];
  /** cloud-init's user data. @default an empty #cloud-config */
  userData?: string;
  /** What it sees of this computer. @default nothing */
  binds?: Bind[];
  /** Further names that the stack's machines know it by. @default none */
  aliases?: string[];
  /** Whether it can run machines itself: all capabilities, and the system calls that mounts need. Only for our own tests. @default false */
  nested?: boolean;
}

/** A spec with every default filled in. */
export type FullSpec = Required<Omit<MachineSpec, "binds">> & { binds: Array<Required<Bind>> };

/** Checks a spec and fills in its defaults. One error lists all that is wrong. */
export function checkSpec(spec: MachineSpec): FullSpec {
  const problems: string[] = [];
  const attempt = (check: () => void): void => {
    try {
      check();
    } catch (error) {
      problems.push((error as Error).message);
    }
  };
  const full: FullSpec = {
    id: spec.id,
    name: spec.name,
    debian: spec.debian,
    packages: [...new Set(spec.packages ?? [])].sort(),
    layers: spec.layers ?? [],
    userData: spec.userData ?? "#cloud-config\n{}\n",
    binds: (spec.binds ?? []).map((bind) => ({ ...bind, readOnly: bind.readOnly ?? true })),
    aliases: spec.aliases ?? [],
    nested: spec.nested ?? false,
  };
  attempt(() => checkStackId(full.id));
  attempt(() => checkMachineName(full.name));
  attempt(() => codename(full.debian));
  const path = (where: string, value: unknown): void => {
    if (typeof value === "string" && isAbsolute(value) && !/[\n\0]/.test(value)) return;
    problems.push(`${where} ${JSON.stringify(value)} is not an absolute path`);
  };
  full.layers.forEach((layer, index) => path(`layers[${index}]`, layer));
  full.binds.forEach((bind, index) => {
    path(`binds[${index}].source`, bind.source);
    path(`binds[${index}].target`, bind.target);
  });
  full.aliases.forEach((alias, index) => {
    if (/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(alias)) return;
    problems.push(`aliases[${index}] ${JSON.stringify(alias)} is not a host name`);
  });
  if (problems.length > 0) throw new Error(`machine ${JSON.stringify(spec.name)}: ${problems.join("; ")}`);
  return full;
}

/** What of a spec cannot change while the machine exists. */
export function changedFor(had: FullSpec, asked: FullSpec, running: boolean): string[] {
  const fixed = ["debian", "packages", "userData", "nested"] as const;
  const atBoot = ["binds"] as const;
  const differs = (key: keyof FullSpec): boolean => JSON.stringify(had[key]) !== JSON.stringify(asked[key]);
  return [...fixed, ...(running ? atBoot : [])].filter(differs);
}
