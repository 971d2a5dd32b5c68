import * as pulumi from "@pulumi/pulumi";
import { domainsOf } from "../host/plan-host";
import { Certificate } from "./certificate/certificate";
import { DnsRecords } from "./dns-records";
import { Fleet } from "./fleet/fleet";
import { LoadBalancer } from "./load-balancer/load-balancer";
import { Network } from "./network/network";
import type { SitePlan } from "./plan-site";
import { saidBalancer, saidFleet } from "./plan-site-fleet";
import { SecurityGroup } from "./security-group";
import type { SiteArgs } from "./site-args";
import type { SiteMachines, SiteParts } from "./site-server";

/**
 * The machines of a site that is a fleet: a network, a balancer with a certificate for all domains, machines that only the
 * balancer reaches, and the names that lead to it.
 */
export function siteFleet(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  { store, reads, parameters, plan, tags }: SiteParts,
  own: { parent: pulumi.Resource },
): SiteMachines {
  const { zone, manual, rulesQuota } = args;
  const said = args.fleet!; // a fleet of which nothing is said was refused
  const planned = site.network!; // as one of a network with problems
  const domains = domainsOf(args.apps);

  const network = new Network(name, { create: said.network ?? {}, tags }, own);
  // One by one: while a zone is added the list is not known as a whole.
  const subnetIds = planned.zones.map((_, index) => network.publicSubnetIds[index]!);
  const group = new SecurityGroup(name, { vpcId: network.vpcId, ...site.traffic, rulesQuota, tags }, own);
  const certificate = new Certificate(name, { domains, zone, manual, tags }, own);
  const balancer = new LoadBalancer(
    name,
    {
      ...saidBalancer(args, said, planned),
      vpcId: network.vpcId,
      subnetIds,
      hosts: [{ name, id: group.groupId }],
      certificateArn: certificate.arn,
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
  const machines = saidFleet(args, said);
  const fleet = new Fleet(
    name,
    {
      ...machines,
      scaling: requests ? { ...machines.scaling, requests } : machines.scaling,
      debian: site.plan.debian,
      store: reads,
      plan,
      subnetIds,
      securityGroupIds: [group.groupId],
      targetGroupArns: args.apps.filter((app) => app.routes?.length).map((app) => targetGroupOf(app.name)),
      tags,
    },
    // The network's way out and the group's rules have to be there when the first machine starts.
    { ...own, dependsOn: [...(store ? [store] : []), ...parameters, network, group] },
  );
  // Names lead to the balancer once machines answer behind it: they may lead to a server until then.
  const dnsName = pulumi.all([balancer.dnsName, fleet.groupName]).apply(([its]) => its);
  const records = new DnsRecords(name, { domains, alias: { dnsName, zoneId: balancer.zoneId }, zone, manual }, own);
  return {
    answers: pulumi.all([fleet.groupName, records.names]),
    address: pulumi.output(""),
    instanceId: pulumi.output(""),
    groupName: fleet.groupName,
    sshPrivateKey: fleet.sshPrivateKey,
    zoneFile: pulumi.all([certificate.zoneFile, records.zoneFile]).apply((files) => files.join("")),
  };
}
