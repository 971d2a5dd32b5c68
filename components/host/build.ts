import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "../app/app";
import { chooseDebian } from "../app/debian";
import { packDirectory } from "../app/pack";
import { Problem } from "../app/problem";
import { validateApps } from "../app/validate";
import { HopChain } from "./hops";
import { HostPlan } from "./plan";
import { planHost } from "./plan-host";
import { Code } from "./plan-releases";

/** What a host is built from. */
export interface HostBuildArgs {
  apps: App[];
  /** Debian release. @default the newest one that all apps can run on */
  debian?: number;
  /** What stands between the client and nginx. */
  hops: HopChain;
  /** Folder that relative directories of apps are looked up from. */
  root: string;
  /** Folder that keeps packed code, named by digest. */
  archiveFolder: string;
}

/** A planned host with the packed code that its plan names. */
export interface HostBuild {
  plan: HostPlan;
  /** Archive on this computer by digest. */
  archives: Record<string, string>;
}

/** Everything wrong with a description, for a component to report. */
export class HostProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`${problems.length} problems`);
  }
}

/**
 * Validates the apps of one host, packs their directories and plans it.
 *
 * @throws HostProblems with every problem at once
 */
export function buildHost(args: HostBuildArgs): HostBuild {
  const problems = validateApps(args.apps, (path) => exists(resolve(args.root, path), path.endsWith("/")));
  if (problems.length) throw new HostProblems(problems);
  const choice = chooseDebian(args.apps, args.debian);
  if (choice.debian === null) throw new HostProblems(choice.problems);

  const code: Record<string, Code> = {};
  const archives: Record<string, string> = {};
  for (const app of args.apps) {
    if (app.source.directory === undefined) continue;
    const packed = packDirectory(resolve(args.root, app.source.directory), {
      exclude: app.source.exclude,
      requirements: app.python?.requirements,
    });
    code[app.name] = { digest: packed.digest, requirements: packed.requirements };
    archives[packed.digest] = keep(args.archiveFolder, packed.digest, packed.archive);
  }
  return { plan: planHost({ apps: args.apps, code, debian: choice.debian, hops: args.hops }), archives };
}

function exists(path: string, isFolder: boolean): boolean {
  return existsSync(path) && (!isFolder || statSync(path).isDirectory());
}

/** An archive is named by what is in it, so one that is there is the right one. */
function keep(folder: string, digest: string, archive: Uint8Array): string {
  const path = join(folder, `${digest}.tar.gz`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, archive);
  renameSync(beside, path);
  return path;
}
