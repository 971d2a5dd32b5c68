import * as pulumi from "@pulumi/pulumi";
import { domainsOf } from "../host/plan-host";
import { Certificate } from "./certificate/certificate";
import type { SitePlan } from "./plan-site";
import { hostUpdate } from "./run-command/host-update";
import type { SiteArgs } from "./site-args";
import { siteCdn } from "./site-cdn";
import { leadNames } from "./site-names";
import { type ServerParts, serverUpdate, type SiteEntry } from "./site-server";
import { cdnRegion } from "./site-shape";

/**
 * The domains lead to a distribution, which asks the server once that is well and knows the secret. Let's Encrypt asks for it
 * by the domains, so the server is told when they lead there.
 */
export function entryByCdn(
  name: string,
  args: SiteArgs,
  site: SitePlan,
  parts: ServerParts,
  own: { parent: pulumi.Resource },
): SiteEntry {
  const { server, secrets, tags } = parts;
  const { zone, manual } = args;
  const domains = domainsOf(args.apps);
  const update = serverUpdate(name, parts, own);
  const certificate = new Certificate(name, { domains, zone, manual, regions: [cdnRegion], tags }, own);
  const behind = { domainName: server.dnsName, certificateArn: certificate.arn, secrets, tags };
  const cdn = siteCdn(name, args, site, behind, { ...own, dependsOn: [update] });
  const lead = { domains, alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId }, zone, manual };
  const names = leadNames(name, lead, { ...own, dependsOn: [cdn] });
  const certificates = hostUpdate(
    `${name}-certificates`,
    {
      hosts: { instance: server.instanceId },
      region: server.region,
      runsAgainOn: {
        LANDFALL_DOMAINS: domains.join(" "),
        LANDFALL_AUTHORITY: args.certificates?.acme?.directory ?? "",
      },
    },
    { ...own, dependsOn: [update, ...names.there] },
  );
  return {
    answers: pulumi.all([update.stdout, certificates.stdout]),
    distributionId: cdn.distributionId,
    zoneFile: pulumi.all([certificate.zoneFile, names.zoneFile]).apply((files) => files.join("")),
  };
}
