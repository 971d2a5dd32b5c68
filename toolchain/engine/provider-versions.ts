import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** A provider in the version that the installed SDK of the same name asks for. */
export interface ProviderVersion {
  readonly name: string;
  readonly version: string;
}

/** The providers that every program of ours needs. */
export const neededProviders = ["command", "tls"] as const;

/** The version of the provider that goes with the SDK `@pulumi/<name>`; nothing where that is not installed. */
export function providerVersion(name: string): ProviderVersion | undefined {
  try {
    const manifest = createRequire(__filename).resolve(`@pulumi/${name}/package.json`);
    const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
    return { name, version };
  } catch {
    return undefined;
  }
}

/** The `node_modules` folder that holds the SDKs. */
export function modulesFolder(): string {
  return path.resolve(path.dirname(createRequire(__filename).resolve("@pulumi/pulumi/package.json")), "..", "..");
}
