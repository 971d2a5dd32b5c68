import { ownDomains } from "../app/app-tls";
import { App } from "../app/app";
import { appUser, dataFolder } from "../app/paths";
import { withAliases } from "../app/names";
import { Web } from "../app/web";
import { agentDescription, HostReports } from "./cloudwatch-agent/description";
import { guest } from "./guest";
import { HopChain } from "./hops";
import { withNames } from "./names";
import { HostPlan, PlannedAcme, PlannedDownload } from "./plan";
import { planApp, planUnits } from "./plan-app";
import { planCertificates, planCombined, restartsOf } from "./plan-certificates";
import { planDirectories } from "./plan-directories";
import { planHealth } from "./plan-health";
import { planLaunchers } from "./plan-launchers";
import { planPackages } from "./plan-packages";
import { planProofs, proofDirectory } from "./plan-proofs";
import { Code, planReleases } from "./plan-releases";
import { planSecrets } from "./plan-secrets";
import { planWeb } from "./plan-web";
import { filesTunnel, foldersUnit, mountUnit, tunnelPackage, tunnelUnit } from "./shared-files/tunnel";
import { sharedUserId, sharesFiles } from "./shared-files/user-id";
import { appUnits, hostUnits, sharedFilesUnits } from "./systemd/units";
import { acmePackages, deployHook, renewalTimer } from "./tls/acme";

/** What a host plan is made from. The apps have been validated, the release of Debian chosen. */
export interface HostPlanArgs {
  apps: readonly App[];
  /** Packed directories by the app's name. */
  code: Readonly<Record<string, Code>>;
  /** Debian release of the host. */
  debian: number;
  /** What stands between the client and the web server. */
  hops: HopChain;
  /** The web server. @default nginx */
  web?: Web;
  /** @default from parameters */
  certificates?: CertificateSource;
  /** Packages that are in no archive. @default none */
  downloads?: readonly PlannedDownload[];
  /** What it tells CloudWatch, by an agent that is among the downloads. @default nothing */
  reports?: HostReports;
  /** What apps share is on a file system of many machines. @default false: it is on this host */
  sharedFiles?: boolean;
}

/** Where the certificates of a host come from. */
export interface CertificateSource {
  /** An authority that the host asks by itself. @default none: each certificate is a parameter */
  acme?: PlannedAcme;
}

/** Plans one host: everything that is to be true of it, as plain data. */
export function planHost({
  apps: described,
  code,
  debian,
  hops: inFront,
  web = {},
  certificates,
  downloads = [],
  reports,
  sharedFiles,
}: HostPlanArgs): HostPlan {
  const release = guest(debian);
  const apps = withAliases(described, web);
  const hops = withNames(inFront, described, web);
  const routed = apps.filter((app) => app.routes?.length);
  const served = planWeb(apps, web, hops, release);
  const sharing = sharedFiles ? apps.filter(sharesFiles) : [];
  const own = ownDomains(apps);
  const acme = routed.length || own.length ? certificates?.acme : undefined;
  const proofs = routed.length ? planProofs(hops, served) : [];
  return {
    format: 1,
    debian,
    packages: planPackages(apps, [
      ...served.packages,
      ...(acme ? acmePackages : []),
      ...(own.length ? ["openssl"] : []),
      ...(apps.some((app) => app.redis) ? [release.redis.package] : []),
      ...(sharing.length ? ["nfs-common", tunnelPackage] : []),
    ]),
    users: [
      ...apps
        .filter((app) => app.process)
        .map((app) => ({
          name: appUser(app.name),
          home: dataFolder(app.name),
          ...(sharing.includes(app) && { uid: sharedUserId(app.name) }),
        })),
      ...served.users,
    ],
    directories: [
      ...planDirectories(apps),
      ...served.directories,
      ...planCombined(served),
      ...(proofs.length ? [proofDirectory] : []),
    ],
    files: [
      ...served.files,
      ...hostUnits(apps, release, served),
      ...(sharing.length ? sharedFilesUnits(sharing, release) : []),
      ...apps.flatMap((app) => appUnits(app, release, sharing.includes(app) ? app.sharedData : undefined)),
      ...planLaunchers(apps),
      ...(acme ? [deployHook(routed.length ? (served.front ?? served.server) : null, restartsOf(apps))] : []),
      ...(reports ? [agentDescription(apps, reports, served.logs)] : []),
    ],
    releases: planReleases(apps, code, debian),
    secrets: [...apps.flatMap(planSecrets), ...served.secrets],
    certificates: planCertificates(apps, hops, web, acme !== undefined, served),
    ...(served.server ? { web: served.server } : {}),
    ...(served.front ? { front: served.front } : {}),
    ...(acme ? { acme: { directory: acme.directory, email: acme.email } } : {}),
    ...(proofs.length ? { proofs } : {}),
    ...(sharing.length ? { tunnel: filesTunnel } : {}),
    ...(downloads.length ? { downloads: [...downloads] } : {}),
    apps: apps.map(planApp),
    units: [
      ...(sharing.length ? [tunnelUnit, mountUnit].map((name) => ({ name, app: null })) : []),
      ...sharing.map(({ name }) => ({ name: foldersUnit(name), app: name })),
      ...served.units.map((name) => ({ name, app: null })),
      ...planUnits(apps),
      ...(acme ? [{ name: renewalTimer, app: null }] : []),
      ...downloads.flatMap(({ unit }) => (unit === null ? [] : [{ name: unit, app: null }])),
    ],
    health: apps.flatMap((app) => planHealth(app, hops)),
  };
}
