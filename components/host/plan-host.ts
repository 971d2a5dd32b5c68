import { App } from "../app/app";
import {
  appFolder,
  appUser,
  certificateFolder,
  dataFolder,
  installRoot,
  redisDataFolder,
  redisUnit,
  secretFile,
  serviceUnit,
  socketUnit,
} from "../app/paths";
import { launchers } from "../app/presets/launchers";
import { CertificateFrom } from "../app/domain-settings";
import { domainsOf, withAliases } from "../app/names";
import { servedData } from "../app/served-data";
import { Web } from "../app/web";
import { agentDescription, HostReports } from "./cloudwatch-agent/description";
import { guest } from "./guest";
import { HopChain, proofHeaders } from "./hops";
import { addressOf, furtherNames, hasTls, withNames } from "./names";
import { proofFile, proofFolder } from "./nginx/proof";
import {
  Effect,
  HostPlan,
  PlannedAcme,
  PlannedApp,
  PlannedCertificate,
  PlannedDirectory,
  PlannedDownload,
  PlannedFile,
  PlannedHealth,
  PlannedProof,
  PlannedSecret,
  PlannedUnit,
} from "./plan";
import { instances, serviceUnits } from "./places";
import { appHealth } from "./plan-health";
import { Code, planReleases } from "./plan-releases";
import { planWeb } from "./plan-web";
import { WebPlan } from "./web-plan";
import { filesTunnel, foldersUnit, mountUnit, tunnelPackage, tunnelUnit } from "./shared-files/tunnel";
import { sharedUserId, sharesFiles } from "./shared-files/user-id";
import { hasSocketUnit, webUser } from "./systemd/socket";
import { appUnits, hostUnits, sharedFilesUnits } from "./systemd/units";
import { acmePackages, deployHook, renewalTimer } from "./tls/acme";
import { acmeFolder } from "./tls/challenge";
import { combinedDirectory, combinedFile } from "./tls/combined";

/** What a host plan is made from. The apps have been validated, the release of Debian chosen. */
export interface HostPlanArgs {
  apps: readonly App[];
  /** Packed directories by the app's name. */
  code: Readonly<Record<string, Code>>;
  /** Debian release of the host. */
  debian: number;
  /** What stands between the client and nginx. */
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
  const acme = routed.length ? certificates?.acme : undefined;
  const proofs = routed.length ? planProofs(hops, served) : [];
  return {
    format: 1,
    debian,
    packages: planPackages(apps, [
      ...served.packages,
      ...(acme ? acmePackages : []),
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
      ...(acme ? [deployHook(served.front ?? served.server)] : []),
      ...(reports ? [agentDescription(apps, reports, served.logs)] : []),
    ],
    releases: planReleases(apps, code, debian),
    secrets: [...apps.flatMap(planSecrets), ...served.secrets],
    certificates: [
      ...planCertificates(routed, hops, web, acme !== undefined, served),
      ...(served.placeholders ?? []).map((name) => planCertificate(name, hops, served, placeholder(name))),
    ],
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

/** Debian packages that Landfall itself needs on a host, beside those the apps name. */
function planPackages(apps: readonly App[], further: readonly string[]): string[] {
  const packages = new Set(["ca-certificates", ...further]);
  for (const app of apps) {
    if (app.python ?? app.source.package) packages.add("python3-venv");
    if (app.source.git) packages.add("git");
    app.packages?.forEach((name) => packages.add(name));
  }
  return [...packages].sort();
}

function planDirectories(apps: readonly App[]): PlannedDirectory[] {
  const root = { owner: "root", group: "root" };
  return [
    { path: installRoot, mode: "0755", ...root },
    { path: "/etc/landfall", mode: "0755", ...root },
    { path: "/etc/landfall/secrets", mode: "0700", ...root },
    { path: "/etc/landfall/tls", mode: "0755", ...root },
    { path: "/var/lib/landfall", mode: "0755", ...root },
    { path: acmeFolder, mode: "0755", ...root },
    { path: "/var/lib/landfall/data", mode: "0755", ...root },
    ...apps.flatMap((app) => {
      const own = { mode: "0700", owner: appUser(app.name), group: appUser(app.name) };
      // The web server goes through the folder of all data without seeing what is in it; new files take the group of theirs.
      const web = { owner: appUser(app.name), group: webUser };
      const served = servedData(app);
      return [
        { path: appFolder(app.name), mode: "0755", ...root },
        ...(app.process
          ? [
              { path: dataFolder(app.name), ...(served.length ? { mode: "0710", ...web } : own) },
              ...(app.redis ? [{ path: redisDataFolder(app.name), ...own }] : []),
              ...[...(app.data ?? []), ...(app.sharedData ?? [])].map((folder) => ({
                path: `${dataFolder(app.name)}/${folder}`,
                ...(served.includes(folder) ? { mode: "2750", ...web } : own),
              })),
            ]
          : []),
      ];
    }),
  ];
}

/** Programs of ours that start an app, for the presets that need one. */
function planLaunchers(apps: readonly App[]): PlannedFile[] {
  return Object.entries(launchers).flatMap(([path, content]) => {
    const users = apps.filter((app) => app.process?.command.includes(path));
    return users.length === 0
      ? []
      : [
          {
            path,
            content,
            mode: "0644",
            owner: "root",
            group: "root",
            change: { effect: Effect.Restart, units: users.flatMap(serviceUnits) },
          },
        ];
  });
}

function planSecrets(app: App): PlannedSecret[] {
  return (app.secrets ?? []).map((secret) => ({
    app: app.name,
    name: secret.name,
    path: secretFile(app.name, secret.name),
    parameter: secretParameter(app.name, secret.name),
    generate: secret.generate ?? false,
  }));
}

/** Name of the parameter that carries a secret of an app. */
export const secretParameter = (app: string, secret: string): string => `secrets/${app}/${secret}`;

/** Only the web server's main process, which is root, reads what proves a hop. */
const proofDirectory: PlannedDirectory = { path: proofFolder, mode: "0700", owner: "root", group: "root" };

/** Name of the parameter that carries what proves a hop. */
export const proofParameter = (header: string): string => `proofs/${header.toLowerCase()}`;

function planProofs(hops: HopChain, { proofLine }: WebPlan): PlannedProof[] {
  return proofHeaders(hops).map((header) => ({
    header,
    path: proofFile(header),
    parameter: proofParameter(header),
    ...(proofLine && { line: proofLine(header) }),
  }));
}

/** Name of the parameter that carries a domain's certificate and key. */
export const certificateParameter = (domain: string): string => `tls/${domain}`;

/** Who owns the files in which certificates are together with their keys, where they are. */
const combinedOwner = ({ server, front }: WebPlan): string | undefined => (front ?? server)?.certificateOwner;

/** The folder of these files. */
function planCombined(served: WebPlan): PlannedDirectory[] {
  const owner = combinedOwner(served);
  return owner === undefined ? [] : [combinedDirectory(owner)];
}

function planCertificates(
  routed: readonly App[],
  hops: HopChain,
  web: Web,
  byHost: boolean,
  served: WebPlan,
): PlannedCertificate[] {
  const domains = new Set(domainsOf(routed).map((name) => addressOf(hops, name).domain));
  const secure = [...domains].filter((domain) => hasTls(hops, domain)).sort();
  return secure.map((domain) => planCertificate(domain, hops, served, sourceOf(domain, web, byHost)));
}

/** What a certificate comes from. */
type PlannedSource = Pick<PlannedCertificate, "parameter" | "selfSigned">;

/** A certificate that is nobody's comes from a parameter that nobody gives. */
const placeholder = (name: string): PlannedSource => ({ parameter: certificateParameter(name) });

function planCertificate(domain: string, hops: HopChain, served: WebPlan, source: PlannedSource): PlannedCertificate {
  return {
    domain,
    ...(furtherNames(hops, domain).length > 0 && { names: furtherNames(hops, domain) }),
    folder: certificateFolder(domain),
    ...source,
    ...(combinedOwner(served) !== undefined && { combined: combinedFile(domain) }),
  };
}

/** Whether the host gets a certificate by itself, and how. */
function sourceOf(domain: string, web: Web, byHost: boolean): PlannedSource {
  const usual = byHost ? CertificateFrom.Acme : undefined;
  const from = web.domains?.find((one) => one.domain === domain)?.certificate ?? web.certificate ?? usual;
  if (from === CertificateFrom.SelfSigned) return { parameter: null, selfSigned: true };
  return { parameter: from === CertificateFrom.Acme ? null : certificateParameter(domain) };
}

function planApp(app: App): PlannedApp {
  const further = instances(app).slice(1);
  return {
    name: app.name,
    service: app.process ? serviceUnit(app.name) : null,
    socket: app.process && hasSocketUnit(app) ? socketUnit(app.name) : null,
    ...(further.length && {
      further: further.map((instance) => ({
        service: serviceUnit(app.name, instance),
        socket: socketUnit(app.name, instance),
      })),
    }),
  };
}

function planUnits(apps: readonly App[]): PlannedUnit[] {
  return apps.flatMap((app) => {
    const { name, socket, service, further = [] } = planApp(app);
    return [
      ...(socket ? [{ name: socket, app: name }] : []),
      ...further.map((instance) => ({ name: instance.socket, app: name })),
      ...(app.redis ? [{ name: redisUnit(name), app: name }] : []),
      ...(service ? [{ name: service, app: name }] : []),
      ...further.map((instance) => ({ name: instance.service, app: name })),
    ];
  });
}

function planHealth(app: App, hops: HopChain): PlannedHealth[] {
  const check = app.health ?? {};
  const rest = { app: app.name, contains: check.contains ?? null, startSeconds: check.startSeconds ?? 60 };
  const web = appHealth(app, hops);
  if (web) return [{ ...rest, web, port: null }];
  const port = app.listen?.publicPorts?.[0];
  return port === undefined ? [] : [{ ...rest, web: null, port }];
}
