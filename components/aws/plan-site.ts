import { Problem } from "../app/problem";
import { S3StoreConfig, StoreKind } from "../host/apply/store";
import { buildHost, HostBuild, HostProblems } from "../host/build";
import { inlineSizeProblems, inlineUserData } from "../host/cloud-init/inline";
import { userData, userDataProblems } from "../host/cloud-init/user-data";
import { applicationLoadBalancerHop } from "../host/hop";
import { directHops, HopChain } from "../host/hops";
import { HostPlan, PlannedAcme } from "../host/plan";
import { domainsOf } from "../host/plan-host";
import { AppAddress, appAddresses } from "../host/site-addresses";
import { ssmAgent } from "../host/ssm-agent";
import { letsEncrypt } from "../host/tls/acme";
import { webServerHop } from "../host/web-server/web-server";
import { siteProblems } from "./check-site";
import { SiteContract, siteContract } from "./contract";
import { architectureOf, defaultInstanceType } from "./instance-type";
import { bucketName, parameterPath } from "./names";
import { planTraffic } from "./plan-traffic";
import type { NetworkPlan } from "./network/plan-network";
import { saidBalancer, siteNetwork } from "./plan-site-fleet";
import { Delivery, SiteArgs, SiteShape } from "./site-args";
import { siteTraffic } from "./site-traffic";
import type { Traffic } from "./traffic-args";

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
}

/**
 * Plans a site, from plain data to plain data: the same description gives the same plan.
 *
 * @throws HostProblems with every problem at once
 */
export function planSite(name: string, args: SiteArgs, place: SitePlace): SitePlan {
  const problems = siteProblems(name, args);
  const network = args.shape === SiteShape.Fleet ? siteNetwork(name, args) : null;
  const hops = siteHops(args, network);
  const host = build(args, hops, place, problems);
  if (!host || problems.length) throw new HostProblems(unique(problems));

  const identity = { ...place, site: name, domains: domainsOf(args.apps) };
  const store: S3StoreConfig = {
    kind: StoreKind.S3,
    bucket: args.bucketName ?? bucketName(identity),
    region: null,
    prefix: "",
    parameters: parameterPath(identity),
  };
  const isInline = args.delivery === Delivery.Inline;
  const { ingress, egress } = siteTraffic(args.apps, network !== null);
  const traffic = { ingress, egress: [...egress, ...(args.egress ?? [])] };
  refuse(planTraffic({ ...traffic, rulesQuota: args.rulesQuota }).problems);
  return {
    ...host,
    store: isInline ? null : store,
    userData: isInline ? inlineData(host.plan) : bootstrapData(store),
    traffic,
    addresses: appAddresses(args.apps, host.plan.health, hops),
    contract: siteContract(args.apps),
    network,
  };
}

/** Builds the host; what is wrong with its apps joins the problems. */
function build(args: SiteArgs, hops: HopChain, place: SitePlace, problems: Problem[]): HostBuild | undefined {
  try {
    return buildHost({
      apps: args.apps,
      debian: args.debian,
      hops,
      root: place.root,
      archiveFolder: place.archiveFolder,
      // TLS with clients ends at a fleet's balancer, which takes the placeholder that each machine makes for itself.
      certificates: args.shape === SiteShape.Fleet || args.certificates?.signed ? undefined : { acme: acme(args) },
      downloads: [ssmAgent(architectureOf(args.instanceType ?? defaultInstanceType), args.ssmAgent)],
    });
  } catch (error) {
    if (!(error instanceof HostProblems)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function siteHops(args: SiteArgs, network: NetworkPlan | null): HopChain {
  const { fleet, webServer } = args;
  const front = webServer ? [webServerHop(webServer)] : (args.front ?? []);
  const balancer = network && fleet && applicationLoadBalancerHop(saidBalancer(args, fleet, network));
  return { ...directHops, front: balancer ? [balancer] : front };
}

/** Several parts of a site look at the same things. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function acme({ certificates }: SiteArgs): PlannedAcme {
  return {
    directory: certificates?.acme?.directory ?? letsEncrypt.production,
    email: certificates?.acme?.email ?? null,
  };
}

function bootstrapData(store: S3StoreConfig): SitePlan["userData"] {
  const text = userData({ store, dataVolume: {} });
  refuse(userDataProblems(text, "userData"));
  return { userData: text };
}

function inlineData(plan: HostPlan): SitePlan["userData"] {
  const inline = inlineUserData({ plan, dataVolume: {} });
  refuse(inlineSizeProblems(inline, "apps"));
  return { userDataBase64: inline.base64 };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length) throw new HostProblems(problems);
}
