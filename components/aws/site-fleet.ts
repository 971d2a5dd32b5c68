import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { redisSecret } from "../app/redis";
import { filesParameter } from "../host/shared-files/tunnel";
import { sharesFiles } from "../host/shared-files/user-id";
import { namesOf } from "../app/names";
import { secretParameter } from "../host/plan-secrets";
import { fromCloudFront, originFacingList } from "./cdn/origin-facing";
import { Certificate } from "./certificate/certificate";
import { SharedFiles } from "./files/shared-files";
import { Fleet } from "./fleet/fleet";
import { LoadBalancer } from "./load-balancer/load-balancer";
import { Network } from "./network/network";
import type { NetworkPlan } from "./network/plan-network";
import type { SitePlan } from "./plan-site";
import { saidBalancer, saidFleet } from "./plan-site-fleet";
import { SharedRedis } from "./redis/shared-redis";
import { SecurityGroup } from "./security-group";
import type { ServerStore } from "./server-store";
import type { SiteArgs } from "./site-args";
import { leadNames } from "./site-names";
import type { SiteMachines, SiteParts } from "./site-server";
import { cdnRegion, hasCdn } from "./site-shape";

/**
 * The machines of a site that is a fleet: a network, a balancer with a certificate for all domains, machines that only the
 * balancer reaches, and the names that lead to it.
 */
export function siteFleet(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  { store, reads, parameters, secrets, logs, plan, tags }: SiteParts,
  own: { parent: pulumi.Resource },
): SiteMachines {
  const { zone, manual, rulesQuota } = args;
  const said = args.fleet!; // a fleet of which nothing is said was refused
  const planned = site.network!; // as one of a network with problems
  const domains = namesOf(args.apps, args.web ?? {});

  const network = new Network(name, { create: said.network ?? {}, tags }, own);
  // One by one: while a zone is added the list is not known as a whole.
  const subnetIds = planned.zones.map((_, index) => network.publicSubnetIds[index]!);
  const group = new SecurityGroup(name, { vpcId: network.vpcId, ...site.traffic, rulesQuota, tags }, own);
  const alsoIn = hasCdn(args) ? [cdnRegion] : undefined;
  const certificate = new Certificate(name, { domains, zone, manual, alsoIn, tags }, own);
  const balancer = new LoadBalancer(
    name,
    {
      ...saidBalancer(args, said, planned),
      vpcId: network.vpcId,
      subnetIds,
      hosts: [{ name, id: group.groupId }],
      certificateArn: certificate.arn,
      clientList: hasCdn(args) ? fromCloudFront("https", originFacingList(own)).prefixList : undefined,
      tags,
    },
    own,
  );
  const targetGroupOf = (app: string): pulumi.Output<string> => balancer.targetGroupArns.apply((arns) => arns[app]!);
  const requests = said.requests && {
    perTarget: said.requests.perTarget,
    balancerArn: balancer.arn,
    targetGroupArn: targetGroupOf(said.requests.app),
  };
  const shared = { network, planned, group, reads: reads!, tags };
  const addresses = [...sharedRedis(name, args, shared, own), ...sharedFiles(name, args, shared, own)];
  const machines = saidFleet(args, said);
  const fleet = new Fleet(
    name,
    {
      ...machines,
      scaling: requests ? { ...machines.scaling, requests } : machines.scaling,
      debian: site.plan.debian,
      monitoring: machines.monitoring && { ...machines.monitoring, balancerArn: balancer.arn },
      reports: logs?.reports,
      store: reads,
      plan,
      subnetIds,
      securityGroupIds: [group.groupId],
      targetGroupArns: args.apps.filter((app) => app.routes?.length).map((app) => targetGroupOf(app.name)),
      tags,
    },
    // The network's way out and the group's rules have to be there when the first machine starts.
    {
      ...own,
      dependsOn: [...(store ? [store] : []), ...parameters, ...addresses, ...(logs?.groups ?? []), network, group],
    },
  );
  // Names lead to the balancer, or the distribution to it, once machines answer behind it: they may lead to a server until
  // then.
  const answering = { ...own, dependsOn: [balancer, fleet] };
  const cdn = hasCdn(args)
    ? loadSiteCdn()(
        name,
        args,
        site,
        { domainName: balancer.dnsName, certificateArn: certificate.arnIn(cdnRegion), secrets, tags },
        answering,
      )
    : undefined;
  const { dnsName, zoneId } = cdn ? { dnsName: cdn.domainName, zoneId: cdn.zoneId } : balancer;
  const lead = { domains, alias: { dnsName, zoneId }, zone, manual };
  const names = leadNames(name, lead, cdn ? { ...own, dependsOn: [cdn] } : answering);
  return {
    // URNs are known while something is only previewed, and come when it is made.
    answers: pulumi.all([fleet.groupName, ...names.there.map(({ urn }) => urn)]),
    address: pulumi.output(""),
    instanceId: pulumi.output(""),
    groupName: fleet.groupName,
    sshPrivateKey: fleet.sshPrivateKey,
    distributionId: cdn?.distributionId ?? pulumi.output(""),
    zoneFile: pulumi.all([certificate.zoneFile, names.zoneFile]).apply((files) => files.join("")),
  };
}

/** Loaded only for the shape that has it: the distribution brings much of AWS' SDK. */
const loadSiteCdn = () => (require("./site-cdn") as typeof import("./site-cdn")).siteCdn;

/** What Redis and files of the fleet are made with. */
interface SharedParts {
  network: Network;
  planned: NetworkPlan;
  /** The machines' security group. */
  group: SecurityGroup;
  reads: ServerStore;
  tags: Record<string, string>;
}

/** Where what machines share is, and that nobody but they reach it. */
function reachedBy(name: string, { protection }: SiteArgs, { network, planned, group, tags }: SharedParts) {
  return {
    vpcId: network.vpcId,
    // One by one, as the public ones: while a zone is added the list is not known as a whole.
    subnetIds: planned.zones.map((_, index) => network.privateSubnetIds[index]!),
    hosts: [{ name, id: group.groupId }],
    protection,
    tags,
  };
}

/** A Redis for each app that asks for one, and its address as the secret that the app finds it by. */
function sharedRedis(
  name: string,
  args: SiteArgs,
  parts: SharedParts,
  own: { parent: pulumi.Resource },
): ssm.Parameter[] {
  const { apps, fleet } = args;
  const { reads, tags } = parts;
  return apps.flatMap((app) => {
    if (!app.redis) return [];
    const { whenFull, memoryMiB } = app.redis;
    const redis = new SharedRedis(
      `${name}-${app.name}`,
      {
        ...fleet?.redis,
        whenFull,
        memoryMiB,
        ...reachedBy(name, args, parts),
      },
      own,
    );
    const parameter = `${reads.parameters}/${secretParameter(app.name, redisSecret)}`;
    return new ssm.Parameter(
      `${name}-${app.name}/${redisSecret}`,
      { name: parameter, type: "SecureString", value: redis.url, tags },
      own,
    );
  });
}

/** A file system for all apps that share files, and its name as the parameter that machines find it by. */
function sharedFiles(
  name: string,
  args: SiteArgs,
  parts: SharedParts,
  own: { parent: pulumi.Resource },
): ssm.Parameter[] {
  const { apps, fleet } = args;
  const { reads, tags } = parts;
  if (!apps.some(sharesFiles)) return [];
  const files = new SharedFiles(
    `${name}-files`,
    {
      ...fleet?.files,
      ...reachedBy(name, args, parts),
    },
    own,
  );
  const parameter = `${reads.parameters}/${filesParameter}`;
  return [new ssm.Parameter(`${name}-files`, { name: parameter, type: "String", value: files.endpoint, tags }, own)];
}
