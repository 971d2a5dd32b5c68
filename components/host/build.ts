import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "../app/app";
import { chooseDebian } from "../app/debian";
import { packDirectory, PackedCode, PackError } from "../app/pack";
import { describeProblems, Problem } from "../app/problem";
import { validateApps } from "../app/validate";
import { cacheProblems } from "../app/validation/cache";
import { webProblems, wellShapedWeb } from "../app/validation/web";
import { Web } from "../app/web";
import { countedLogProblems, type HostReports } from "./cloudwatch-agent/description";
import { healthProblems } from "./health-problems";
import { hopProblems } from "./hop-problems";
import { HopChain } from "./hops";
import { keepAliveProblems } from "./keep-alive-problems";
import { challengePortProblems, frontedNameProblems, tlsFrontNameProblems } from "./name-problems";
import { HostPlan, PlannedDownload } from "./plan";
import { CertificateSource, planHost } from "./plan-host";
import { Code } from "./plan-releases";
import { programProblems } from "./program-problems";
import { acmeProblems } from "./tls/acme";
import { tlsFrontProblems } from "./tls-front";
import { choiceProblems, withoutAuthority } from "./tls/choices";
import { GivenCertificates, givenCertificates } from "./tls/given-certificates";

/** What a host is built from. */
export interface HostBuildArgs {
  apps: App[];
  /** Debian release. @default the newest one that all apps can run on */
  debian?: number;
  /** What stands between the client and nginx. */
  hops: HopChain;
  /** The web server. @default nginx */
  web?: Web;
  /** Folder that relative directories of apps are looked up from. */
  root: string;
  /** Folder that keeps packed code, named by digest. */
  archiveFolder: string;
  /** @default from parameters */
  certificates?: CertificateSource;
  /** Debian packages that are in no archive. @default none */
  downloads?: readonly PlannedDownload[];
  /** What it tells CloudWatch, by an agent that is among the downloads. @default nothing */
  reports?: HostReports;
  /** What apps share is on a file system of many machines. @default false: it is on this host */
  sharedFiles?: boolean;
}

/** A planned host with the packed code that its plan names. */
export interface HostBuild {
  plan: HostPlan;
  /** Archive on this computer by digest. */
  archives: Record<string, string>;
  /** Certificates that are files on this computer. */
  given: GivenCertificates;
}

/** Everything wrong with a description, for a component to report. */
export class HostProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(describeProblems("the description of the host", problems));
  }
}

/**
 * Validates the apps of one host, packs their directories and plans it.
 *
 * @throws HostProblems with every problem at once
 */
export function buildHost(args: HostBuildArgs): HostBuild {
  const ofApps = validateApps(args.apps, (path) => exists(resolve(args.root, path), path.endsWith("/")));
  // What has not the shape of apps or of a web server is said by these two; all else is held against what has.
  const apps = ofApps.length ? [] : args.apps;
  const web = wellShapedWeb(args.web);
  const ofWeb = webProblems(args.web ?? {}, ofApps.length ? undefined : apps);
  const { hops, certificates, downloads, reports, sharedFiles } = args;
  const whole = ofApps.length + ofWeb.length === 0;
  const given = givenCertificates(whole ? web : {}, whole ? apps : [], args.root);
  const problems = [
    ...ofApps,
    ...ofWeb,
    ...(whole ? cacheProblems(apps, web) : []),
    ...keepAliveProblems(web, hops),
    ...frontedNameProblems(web, hops),
    ...(certificates?.acme ? challengePortProblems(web) : choiceProblems(web, withoutAuthority)),
    ...given.problems,
    ...tlsFrontProblems(hops, web),
    ...(whole ? tlsFrontNameProblems(apps, web) : []),
    ...programProblems(apps, web),
    ...(reports ? countedLogProblems(web) : []),
    ...hopProblems(hops, apps),
    ...healthProblems(apps),
    ...(certificates?.acme ? acmeProblems(certificates.acme, args.apps, web) : []),
  ];
  if (problems.length) throw new HostProblems(problems);
  const choice = chooseDebian(args.apps, args.debian);
  if (choice.debian === null) throw new HostProblems(choice.problems);

  const code: Record<string, Code> = {};
  const archives: Record<string, string> = {};
  const faults: Problem[] = [];
  args.apps.forEach((app, index) => {
    if (app.source.directory === undefined) return;
    const packed = pack(app, args.root, `apps[${index}].source.directory`, faults);
    if (!packed) return;
    code[app.name] = { digest: packed.digest, requirements: packed.requirements };
    archives[packed.digest] = keep(args.archiveFolder, packed.digest, packed.archive);
  });
  if (faults.length) throw new HostProblems(faults);
  const plan = planHost({
    apps,
    code,
    debian: choice.debian,
    hops,
    web,
    certificates,
    downloads,
    reports,
    sharedFiles,
  });
  return { plan, archives, given };
}

/** Packs an app's directory; what cannot be packed becomes problems of the property that names the directory. */
function pack(app: App, root: string, path: string, problems: Problem[]): PackedCode | undefined {
  try {
    return packDirectory(resolve(root, app.source.directory ?? ""), {
      exclude: app.source.exclude,
      requirements: app.python?.requirements,
    });
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    for (const fault of error.problems) problems.push({ ...fault, path, reason: `${fault.path}: ${fault.reason}` });
    return undefined;
  }
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
