import type * as ssm from "@pulumi/aws/ssm";
import type * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../host/apply/program";
import { namesOf } from "../app/names";
import type { OriginSecrets } from "./cdn/cdn-args";
import { fromCloudFront, originFacingList } from "./cdn/origin-facing";
import type { SitePlan } from "./plan-site";
import { hostUpdate } from "./run-command/host-update";
import { SecurityGroup } from "./security-group";
import { Server } from "./server";
import type { ServerStore } from "./server-store";
import type { SiteArgs } from "./site-args";
import { leadNames } from "./site-names";
import { hasCdn } from "./site-shape";
import type { Store } from "./store";
import type { SiteLogs } from "./watch/site-logs";

/** What the machines of a site read, and what is made before them. */
export interface SiteParts {
  /** Undefined for a site whose plan is inside the user data. */
  store: Store | undefined;
  /** What of it a machine may read. */
  reads: ServerStore | undefined;
  parameters: ssm.Parameter[];
  /** What CloudFront proves itself with; undefined for a site before which nothing does. */
  secrets: OriginSecrets | undefined;
  /** Where the machines' logs go; undefined for a site that is not watched. */
  logs: SiteLogs | undefined;
  /** Digest of the plan. */
  plan: string;
  tags: Record<string, string>;
}

/** Machines that answer, and where. */
export interface SiteMachines {
  /** Resolved once every app answers. */
  answers: pulumi.Output<unknown>;
  address: pulumi.Output<string>;
  instanceId: pulumi.Output<string>;
  groupName: pulumi.Output<string>;
  sshPrivateKey: pulumi.Output<string>;
  distributionId: pulumi.Output<string>;
  /** Records that others create; empty for none. */
  zoneFile: pulumi.Output<string>;
}

/** The machine of a site that is one server, its ports and its names; and what tells it of another plan. */
export function siteServer(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  parts: SiteParts,
  own: { parent: pulumi.Resource },
): SiteMachines {
  const { store, reads, parameters, logs, tags } = parts;
  const groups = serverGroups(name, args, site, tags, own);
  const server = new Server(
    name,
    {
      ...site.userData,
      debian: site.plan.debian,
      store: reads,
      securityGroupIds: groups.map(({ groupId }) => groupId),
      instanceType: args.instanceType,
      subnetId: args.subnetId,
      ipv6: args.ipv6,
      ami: args.ami,
      generation: args.generation,
      rootGiB: args.rootGiB,
      dataGiB: args.dataGiB,
      ssh: args.ssh,
      monitoring: args.monitoring,
      reports: logs?.reports,
      snapshots: args.snapshots,
      protection: args.protection,
      tags,
    },
    { ...own, dependsOn: [...(store ? [store] : []), ...parameters, ...(logs?.groups ?? []), ...groups] },
  );
  const entry = hasCdn(args) ? loadEntryByCdn() : entryByAddress;
  const { answers, distributionId, zoneFile } = entry(name, args, site, { server, groups, ...parts }, own);
  return {
    answers,
    address: server.address,
    instanceId: server.instanceId,
    groupName: pulumi.output(""),
    sshPrivateKey: server.sshPrivateKey,
    distributionId,
    zoneFile,
  };
}

/** Loaded only for the shape that has it: the distribution brings much of AWS' SDK. */
const loadEntryByCdn = () => (require("./site-server-cdn") as typeof import("./site-server-cdn")).entryByCdn;

/** The server, what lets others in at it, and what it reads. */
export interface ServerParts extends SiteParts {
  server: Server;
  groups: SecurityGroup[];
}

/** How clients come to the server. */
export type SiteEntry = Pick<SiteMachines, "answers" | "distributionId" | "zoneFile">;

/** What lets others in at the server. CloudFront's list fits into a group for one port, so there are two. */
function serverGroups(
  name: string,
  args: SiteArgs,
  { traffic }: SitePlan,
  tags: Record<string, string>,
  own: { parent: pulumi.Resource },
): SecurityGroup[] {
  const { vpcId, rulesQuota } = args;
  if (!hasCdn(args)) return [new SecurityGroup(name, { vpcId, ...traffic, rulesQuota, tags }, own)];
  const list = originFacingList(own);
  const ingress = [fromCloudFront("https", list), ...traffic.ingress];
  const challenges = [fromCloudFront("http", list)];
  return [
    new SecurityGroup(name, { vpcId, ...traffic, ingress, rulesQuota, tags }, own),
    new SecurityGroup(`${name}-challenges`, { vpcId, ingress: challenges, tags }, own),
  ];
}

/** The domains lead to the server, which is asked to apply its plan after that: Let's Encrypt asks for it by them. */
function entryByAddress(
  name: string,
  args: SiteArgs,
  _: SitePlan,
  parts: ServerParts,
  own: { parent: pulumi.Resource },
): SiteEntry {
  const { server, groups } = parts;
  const { zone, manual, ipv6, front, webServer, web = {} } = args;
  const elsewhere = webServer?.domains ?? [];
  const domains = front?.length ? [] : namesOf(args.apps, web).filter((domain) => !elsewhere.includes(domain));
  const lead = { domains, ipv4: server.address, ipv6: ipv6 ? server.ipv6Address : undefined, zone, manual };
  const names =
    domains.length > 0
      ? leadNames(name, lead, { ...own, dependsOn: [...groups, server] }) // it lets clients in by then
      : { there: [], zoneFile: pulumi.output("") };
  const update = serverUpdate(name, parts, { ...own, dependsOn: names.there });
  return { answers: update.stdout, distributionId: pulumi.output(""), zoneFile: names.zoneFile };
}

/** Asks the server to apply its plan. */
export function serverUpdate(
  name: string,
  { server, store, parameters, plan }: ServerParts,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  return hostUpdate(
    `${name}-apply`,
    {
      hosts: { instance: server.instanceId },
      region: server.region,
      plan,
      runsAgainOn: {
        LANDFALL_PROGRAM: applyProgram().digest,
        LANDFALL_PARAMETERS: pulumi.all(parameters.map((one) => one.version)).apply((versions) => versions.join(",")),
      },
    },
    pulumi.mergeOptions(opts, { dependsOn: [server, ...(store ? [store] : []), ...parameters] }),
  );
}
