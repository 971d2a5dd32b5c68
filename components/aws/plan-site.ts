import { App } from "../app/app";
import { webProblems } from "../app/validation/web";
import { Problem } from "../app/problem";
import { redisPort } from "../app/redis";
import { S3StoreConfig, StoreKind } from "../host/apply/store";
import { buildHost, HostBuild, HostProblems } from "../host/build";
import { userData, userDataProblems } from "../host/cloud-init/user-data";
import { accessKey, logGroups } from "../host/cloudwatch-agent/log-groups";
import { cloudWatchAgent } from "../host/cloudwatch-agent/release";
import { applicationLoadBalancerHop } from "../host/hop";
import { directHops, HopChain } from "../host/hops";
import { webServerLogs } from "../host/logs/rotation";
import { withNames } from "../host/names";
import { HostPlan } from "../host/plan";
import { literalDomains } from "../app/route/domains";
import { nfsPort } from "../host/shared-files/tunnel";
import { sharesFiles } from "../host/shared-files/user-id";
import { AppAddress, appAddresses } from "../host/site-addresses";
import { ssmAgent } from "../host/ssm-agent";
import { plannedAcme } from "../host/tls/acme";
import { webServerHop } from "../host/web-server/web-server";
import { siteProblems } from "./check-site";
import { SiteContract, siteContract } from "./contract";
import { architectureOf, defaultInstanceType } from "./instance-type";
import { bucketName, parameterPath } from "./names";
import { planTraffic } from "./plan-traffic";
import type { NetworkPlan } from "./network/plan-network";
import { cdnHops } from "./plan-site-cdn";
import { fleetApps, saidBalancer, siteNetwork } from "./plan-site-fleet";
import { Delivery, SiteArgs } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";
import { Entry, siteTraffic } from "./site-traffic";
import type { Traffic, TrafficArgs } from "./traffic-args";
import type { PlannedLogs } from "./watch/site-logs";

/** Where a site belongs. */
export interface SitePlace {
  organization: string;
  project: string;
  stack: string;
  /** Folder that relative directories of apps are looked up from. */
  root: string;
  /** Folder that keeps packed code. */
  archiveFolder: string;
}

/** All that is known of a site before any resource is made. */
export interface SitePlan extends HostBuild {
  /** Null for a site whose plan is inside the user data. */
  store: S3StoreConfig | null;
  /** User data as text, or compressed as base64: one of the two. */
  userData: { userData: string } | { userDataBase64: string };
  traffic: Required<Traffic>;
  addresses: AppAddress[];
  contract: SiteContract;
  /** The network of a fleet; null for one server. */
  network: NetworkPlan | null;
  /** Where the machines' logs are; null for a site without an agent that reports them. */
  logs: PlannedLogs | null;
}

/**
 * Plans a site, from plain data to plain data: the same description gives the same plan.
 *
 * @throws HostProblems with every problem at once
 */
export function planSite(name: string, args: SiteArgs, place: SitePlace): SitePlan {
  // What is held against names and ports is held against such as there can be; the others are said by the host's own check.
  const named = webProblems(args.web ?? {}, args.apps).length ? { ...args, web: undefined } : args;
  const problems = siteProblems(name, named);
  const network = isFleet(args) ? siteNetwork(name, args) : null;
  const hops = siteHops(args, network);
  const identity = { ...place, site: name, domains: literalDomains(args.apps) };
  // User data has no room for an agent beside an app.
  const hasAgent = args.monitoring !== undefined && args.delivery !== Delivery.Inline;
  const reportsAs = hasAgent ? parameterPath(identity) : undefined;
  const host = build(args, hops, place, reportsAs, problems);
  if (!host || problems.length) throw new HostProblems(unique(problems));

  const store: S3StoreConfig = {
    kind: StoreKind.S3,
    bucket: args.bucketName ?? bucketName(identity),
    region: null,
    // By itself: while one takes the other's place, neither machine is to be told of the other's plan.
    prefix: isFleet(args) ? "fleet/" : "",
    parameters: parameterPath(identity),
  };
  const isInline = args.delivery === Delivery.Inline;
  const { ingress, egress } = siteTraffic(args.apps, entryOf(args), args.web);
  const traffic = { ingress, egress: [...egress, ...(args.egress ?? [])] };
  // The ways to what a fleet shares are rules of the same group.
  const counted = { ...traffic, egress: [...traffic.egress, ...(network ? waysToShared(args.apps) : [])] };
  refuse(planTraffic({ ...counted, rulesQuota: args.rulesQuota }).problems);
  return {
    ...host,
    store: isInline ? null : store,
    userData: isInline ? inlineData(host.plan) : bootstrapData(store),
    traffic,
    addresses: appAddresses(args.apps, host.plan.health, withNames(hops, args.apps, args.web ?? {})),
    contract: siteContract(siteApps(args), args.web),
    network,
    logs: reportsAs === undefined ? null : plannedLogs(reportsAs, args),
  };
}

/** The log groups of what the host's web server and apps write. */
function plannedLogs(name: string, { apps, web = {} }: SiteArgs): PlannedLogs {
  const server = webServerLogs(web).name;
  return { name, groups: logGroups(name, apps, server), access: accessKey(server) };
}

/** Builds the host; what is wrong with its apps joins the problems. */
function build(
  args: SiteArgs,
  hops: HopChain,
  place: SitePlace,
  reportsAs: string | undefined,
  problems: Problem[],
): HostBuild | undefined {
  const architecture = architectureOf(args.instanceType ?? defaultInstanceType);
  try {
    return buildHost({
      apps: siteApps(args),
      debian: args.debian,
      hops,
      web: args.web,
      root: place.root,
      archiveFolder: place.archiveFolder,
      // TLS with clients ends at a fleet's balancer, which takes the placeholder that each machine makes for itself.
      certificates:
        isFleet(args) || args.certificates?.signed ? undefined : { acme: plannedAcme(args.certificates?.acme) },
      downloads: [
        ssmAgent(architecture, args.ssmAgent),
        ...(reportsAs === undefined ? [] : [cloudWatchAgent(architecture, args.monitoring?.agent)]),
      ],
      sharedFiles: isFleet(args),
      reports: reportsAs === undefined ? undefined : { name: reportsAs, dataVolume: !isFleet(args) },
    });
  } catch (error) {
    if (!(error instanceof HostProblems)) throw error;
    problems.push(...error.problems.map((problem) => hopProblem(problem, args)));
    return undefined;
  }
}

/** What stands before a fleet, or before a server with a CDN, is not said as `front`. */
function hopProblem(problem: Problem, args: SiteArgs): Problem {
  const said = [...(hasCdn(args) ? ["cdn"] : []), ...(isFleet(args) ? ["fleet"] : [])];
  const here = (text: string): string =>
    text.replace(/front\[(\d)\]\.(\w+)/g, (all, index: string, key: string) => {
      const part = said[Number(index)];
      if (part === undefined) return all;
      return part === "fleet" ? "fleet.idleSeconds" : `cdn.${key}`;
    });
  return { ...problem, path: here(problem.path), fix: here(problem.fix) };
}

/** The apps as the machines run them. */
const siteApps = (args: SiteArgs): App[] => (isFleet(args) ? fleetApps(args.apps) : args.apps);

const waysToShared = (apps: readonly App[]): TrafficArgs[] => [
  ...apps.flatMap(({ name, redis }) => (redis ? [{ port: redisPort, group: { name, id: name } }] : [])),
  ...(apps.some(sharesFiles) ? [{ port: String(nfsPort), group: { name: "files", id: "files" } }] : []),
];

function siteHops(args: SiteArgs, network: NetworkPlan | null): HopChain {
  const { fleet, webServer } = args;
  const front = webServer ? [webServerHop(webServer)] : (args.front ?? []);
  const balancer = network && fleet && applicationLoadBalancerHop(saidBalancer(args, fleet, network));
  return { ...directHops, front: [...cdnHops(args), ...(balancer ? [balancer] : front)] };
}

function entryOf(args: SiteArgs): Entry {
  if (isFleet(args)) return Entry.Balancer;
  return hasCdn(args) ? Entry.Cdn : Entry.Clients;
}

/** Several parts of a site look at the same things. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function bootstrapData(store: S3StoreConfig): SitePlan["userData"] {
  const text = userData({ store, dataVolume: {} });
  refuse(userDataProblems(text, "userData"));
  return { userData: text };
}

function inlineData(plan: HostPlan): SitePlan["userData"] {
  const { inlineUserData, inlineSizeProblems } = loadInline();
  const inline = inlineUserData({ plan, dataVolume: {} });
  refuse(inlineSizeProblems(inline, "apps"));
  return { userDataBase64: inline.base64 };
}

/** What packs a whole plan into user data is loaded where one is packed. */
const loadInline = () => require("../host/cloud-init/inline") as typeof import("../host/cloud-init/inline");

function refuse(problems: readonly Problem[]): void {
  if (problems.length) throw new HostProblems(problems);
}
