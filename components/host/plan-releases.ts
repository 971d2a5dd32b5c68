import { App } from "../app/app";
import { Python } from "../app/python";
import { canonicalJson, environmentKey, sha256 } from "./digest";
import { PlannedPython, PlannedRelease, PlannedSource } from "./plan";

/** What is known of an app's directory once it is packed. */
export interface Code {
  /** SHA-256 of the uncompressed archive. */
  digest: string;
  /** Text of the requirements file, when the app names one. */
  requirements?: string;
}

/** The releases of the apps: one immutable folder each, named by what it is made from. */
export function planReleases(
  apps: readonly App[],
  code: Readonly<Record<string, Code>>,
  debian: number,
): PlannedRelease[] {
  return apps.map((app) => {
    const source = planSource(app, code[app.name]);
    const python = planPython(app, code[app.name], debian);
    return { app: app.name, digest: releaseDigest(source, python), source, python };
  });
}

/** The name of a release's folder: 20 hex digits (80 bits) keep paths readable and collisions out of reach. */
function releaseDigest(source: PlannedSource, python: PlannedPython | null): string {
  return sha256(canonicalJson([source, python])).slice(0, 20);
}

function planSource(app: App, code: Code | undefined): PlannedSource {
  const { git, directory } = app.source;
  if (git) return { archive: null, git: { url: git.url, ref: git.ref, directory: git.directory ?? "" } };
  if (directory === undefined) return { archive: null, git: null };
  if (!code) throw new Error(`app ${app.name}: its directory was not packed before planning`);
  return { archive: code.digest, git: null };
}

function planPython(app: App, code: Code | undefined, debian: number): PlannedPython | null {
  const fromPackage = app.source.package;
  if (!app.python && !fromPackage) return null;
  const python: Python = app.python ?? {};
  const packages = [...(fromPackage ? [requirementOf(fromPackage)] : []), ...(python.packages ?? [])].sort();
  const requirements = python.requirements ?? null;
  const known = requirements === null ? "" : code?.requirements;
  return {
    packages,
    requirements,
    buildPackages: [...(python.buildPackages ?? [])].sort(),
    key: known === undefined ? null : environmentKey(debian, packages, known),
  };
}

function requirementOf(source: { name: string; version: string; extras?: string[] }): string {
  const extras = source.extras?.length ? `[${source.extras.join(",")}]` : "";
  return `${source.name}${extras}==${source.version}`;
}
