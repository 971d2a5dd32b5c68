import type * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { namesOf } from "../app/names";
import { Certificate } from "./certificate/certificate";
import type { SitePlan } from "./plan-site";
import { hostUpdate } from "./run-command/host-update";
import type { SiteArgs } from "./site-args";
import { siteCdn } from "./site-cdn";
import { leadNames } from "./site-names";
import { type ServerParts, serverUpdate, type SiteEntry } from "./site-server";
import { cdnRegion } from "./site-shape";

/**
 * The domains lead to a distribution, which asks the server once that is well and knows the secret. An authority asks for it
 * by the domains, so a server that gets its certificates by itself is told when they lead there.
 */
export function entryByCdn(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  parts: ServerParts,
  own: { parent: pulumi.Resource },
): SiteEntry {
  const { server, secrets, tags } = parts;
  const { zone, manual, web = {} } = args;
  const domains = namesOf(args.apps, web);
  const update = serverUpdate(name, parts, own);
  const certificate = new Certificate(name, { domains, zone, manual, regions: [cdnRegion], tags }, own);
  const behind = { domainName: server.dnsName, certificateArn: certificate.arn, secrets, tags };
  const cdn = siteCdn(name, args, site, behind, { ...own, dependsOn: [update] });
  const lead = { domains, alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId }, zone, manual };
  const names = leadNames(name, lead, { ...own, dependsOn: [cdn] });
  const told = args.certificates?.signed
    ? []
    : [toldOfNames(name, args, parts, { ...own, dependsOn: [update, ...names.there] })];
  return {
    // URNs are known while something is only previewed, and come when it is made.
    answers: pulumi.all([update.stdout, ...told.map(({ stdout }) => stdout), ...names.there.map(({ urn }) => urn)]),
    distributionId: cdn.distributionId,
    zoneFile: pulumi.all([certificate.zoneFile, names.zoneFile]).apply((files) => files.join("")),
  };
}

/** Has the server ask for its certificates, once and whenever it would ask for others. */
function toldOfNames(
  name: string,
  args: SiteArgs,
  { server }: ServerParts,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  return hostUpdate(
    `${name}-certificates`,
    {
      hosts: { instance: server.instanceId },
      region: server.region,
      runsAgainOn: {
        LANDFALL_DOMAINS: namesOf(args.apps, args.web ?? {}).join(" "),
        LANDFALL_AUTHORITY: args.certificates?.acme?.directory ?? "",
      },
    },
    opts,
  );
}
