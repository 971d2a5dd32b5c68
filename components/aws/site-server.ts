import type * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../host/apply/program";
import { domainsOf } from "../host/plan-host";
import { DnsRecords } from "./dns-records";
import type { SitePlan } from "./plan-site";
import { hostUpdate } from "./run-command/host-update";
import { SecurityGroup } from "./security-group";
import { Server } from "./server";
import type { ServerStore } from "./server-store";
import type { SiteArgs } from "./site-args";
import type { Store } from "./store";

/** What the machines of a site read, and what is made before them. */
export interface SiteParts {
  /** Undefined for a site whose plan is inside the user data. */
  store: Store | undefined;
  /** What of it a machine may read. */
  reads: ServerStore | undefined;
  parameters: ssm.Parameter[];
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
  /** Records that others create; empty for none. */
  zoneFile: pulumi.Output<string>;
}

/** The machine of a site that is one server, its ports and its names; and what tells it of another plan. */
export function siteServer(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  { store, reads, parameters, plan, tags }: SiteParts,
  own: { parent: pulumi.Resource },
): SiteMachines {
  const group = new SecurityGroup(name, { vpcId: args.vpcId, ...site.traffic, rulesQuota: args.rulesQuota, tags }, own);
  const server = new Server(
    name,
    {
      ...site.userData,
      debian: site.plan.debian,
      store: reads,
      securityGroupIds: [group.groupId],
      instanceType: args.instanceType,
      subnetId: args.subnetId,
      ipv6: args.ipv6,
      ami: args.ami,
      generation: args.generation,
      rootGiB: args.rootGiB,
      dataGiB: args.dataGiB,
      ssh: args.ssh,
      monitoring: args.monitoring,
      snapshots: args.snapshots,
      protection: args.protection,
      tags,
    },
    { ...own, dependsOn: [...(store ? [store] : []), ...parameters, group] },
  );
  const elsewhere = args.webServer?.domains ?? [];
  const domains = args.front?.length ? [] : domainsOf(args.apps).filter((domain) => !elsewhere.includes(domain));
  const { zone, manual } = args;
  const ipv6 = args.ipv6 ? server.ipv6Address : undefined;
  const records =
    domains.length > 0 ? new DnsRecords(name, { domains, ipv4: server.address, ipv6, zone, manual }, own) : undefined;
  const update = hostUpdate(
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
    // After the names: Let's Encrypt asks for the machine by them.
    { ...own, dependsOn: [server, ...(records ? [records] : []), ...(store ? [store] : []), ...parameters] },
  );
  return {
    answers: update.stdout,
    address: server.address,
    instanceId: server.instanceId,
    groupName: pulumi.output(""),
    sshPrivateKey: server.sshPrivateKey,
    zoneFile: records?.zoneFile ?? pulumi.output(""),
  };
}
