import * as fs from "node:fs";
import * as path from "node:path";

/** The parts of an installed package's package.json that a language host is asked about. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** What the package says about its provider, when it is a Pulumi SDK. */
  readonly pulumi?: PulumiSection;
}

/** The `pulumi` section that generated SDKs carry in their package.json. */
export interface PulumiSection {
  readonly resource?: boolean;
  readonly name?: string;
  readonly version?: string;
  readonly server?: string;
  readonly parameterization?: { readonly name: string; readonly version: string; readonly value: string };
}

/** A provider that a program may use, as the engine wants to know it. */
export interface RequiredProvider {
  readonly name: string;
  readonly version: string;
  readonly server: string;
  /** Set for a package that is made from another provider at run time; `value` is base64. */
  readonly parameterization?: { readonly name: string; readonly version: string; readonly value: string };
}

/** The folder of the nearest package.json at or above a folder. */
export function packageRoot(folder: string): string | undefined {
  return nearest(folder, "package.json");
}

/**
 * Every package that is installed for a program: those of the nearest `node_modules` at or above its folder, nested ones
 * included. A program in a subfolder of its package (`main: stacks/index.ts`) so has the packages of the whole.
 */
export function installedPackages(folder: string): InstalledPackage[] {
  const root = nearest(folder, "node_modules");
  return root === undefined ? [] : packagesOf(path.join(root, "node_modules"));
}

/** The providers among packages, each once, in the order of their names. */
export function requiredProviders(packages: readonly InstalledPackage[]): RequiredProvider[] {
  const providers = new Map<string, RequiredProvider>();
  for (const { name, version, pulumi } of packages) {
    if (pulumi?.resource !== true) {
      continue;
    }
    const provider: RequiredProvider = {
      name: pulumi.name ?? providerName(name),
      version: withoutPrefix(pulumi.version ?? version),
      server: pulumi.server ?? "",
      ...(pulumi.parameterization && { parameterization: pulumi.parameterization }),
    };
    providers.set(`${provider.name} ${provider.version} ${provider.parameterization?.name ?? ""}`, provider);
  }
  return [...providers.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, provider]) => provider);
}

/** `@pulumi/aws` speaks for the provider `aws`; the SDK of another publisher says its name in the `pulumi` section. */
function providerName(packageName: string): string {
  return packageName.replace(/^@pulumi\//, "").replace(/^@/, "");
}

function withoutPrefix(version: string): string {
  return version.replace(/^v/, "");
}

function nearest(folder: string, entry: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, entry))) {
      return at;
    }
    if (at === path.dirname(at)) {
      return undefined;
    }
  }
}

function packagesOf(modules: string): InstalledPackage[] {
  return packageFolders(modules).flatMap((folder) => {
    const manifest = readManifest(folder);
    const nested = path.join(folder, "node_modules");
    return [...(manifest ? [manifest] : []), ...(fs.existsSync(nested) ? packagesOf(nested) : [])];
  });
}

function packageFolders(modules: string): string[] {
  return folders(modules).flatMap((name) =>
    name.startsWith("@")
      ? folders(path.join(modules, name)).map((inner) => path.join(modules, name, inner))
      : [path.join(modules, name)],
  );
}

function folders(parent: string): string[] {
  return fs
    .readdirSync(parent, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}

function readManifest(folder: string): InstalledPackage | undefined {
  try {
    const manifest = JSON.parse(
      fs.readFileSync(path.join(folder, "package.json"), "utf8"),
    ) as Partial<InstalledPackage>;
    return typeof manifest.name === "string" && typeof manifest.version === "string"
      ? { name: manifest.name, version: manifest.version, ...(manifest.pulumi && { pulumi: manifest.pulumi }) }
      : undefined;
  } catch {
    // A folder without a readable manifest is no package: test data of a package, or one that npm is just installing.
    return undefined;
  }
}
