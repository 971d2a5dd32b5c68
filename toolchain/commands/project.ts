import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The checkout: folder of Pulumi.yaml. */
export const projectRoot = resolve(__dirname, "..", "..");

/** Name of the Pulumi project. */
export function projectName(): string {
  const file = join(projectRoot, "Pulumi.yaml");
  const name = /^name:\s*(\S+)/m.exec(readFileSync(file, "utf8"))?.[1];
  if (name === undefined) throw new Error(`${file} names no project`);
  return name;
}

/** The stack that `up`, `down`, `status` and `shell` are about: real machines on this computer. */
export const localStack = "local";

/** Folder with what belongs to this checkout only; not in git. */
export const checkoutFolder = join(projectRoot, ".landfall");

/** The certificate of the local authority, for browsers and `curl --cacert`. */
export const caFile = join(checkoutFolder, "ca.pem");

/** Configuration file of a stack. */
export const stackConfig = (stack: string): string => join(projectRoot, "stacks", `Pulumi.${stack}.yaml`);

/** Names of the stacks: the local one, and each that has a configuration file. */
export function stackNames(folder = join(projectRoot, "stacks")): string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const named = files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return [localStack, ...named.filter((name) => name !== localStack).sort()];
}
