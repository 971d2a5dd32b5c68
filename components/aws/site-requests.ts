import * as pulumi from "@pulumi/pulumi";
import { webServerSnippets } from "../host/web-server/snippet";
import type { SitePlan } from "./plan-site";
import { requestSheet } from "./requests/request-sheet";
import type { SiteArgs } from "./site-args";
import type { SiteMachines } from "./site-server";

/** What others have to do for a site, once its address and the records for it are known. */
export function siteRequests(
  site: string,
  args: SiteArgs,
  { contract, plan, given }: SitePlan,
  { address, zoneFile }: SiteMachines,
  kinds: readonly string[],
): pulumi.Output<string> {
  const { apps, webServer } = args;
  const { signed } = args.certificates ?? {};
  const unsigned = signed
    ? plan.certificates.filter(
        ({ domain, parameter }) => parameter !== null && !signed.certificates?.[domain] && !given.pairs[domain],
      )
    : [];
  return pulumi.all([address, zoneFile]).apply(([where, records]) =>
    requestSheet({
      ...{ site, apps, contract, kinds, address: where, zoneFile: records, webServer, unsigned },
      snippets: webServer ? webServerSnippets(webServer, apps, where) : [],
    }),
  );
}
