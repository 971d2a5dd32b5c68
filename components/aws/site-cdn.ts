import * as pulumi from "@pulumi/pulumi";
import { ServeBy } from "../app/route/route";
import { Cdn } from "./cdn/cdn";
import type { OriginSecrets } from "./cdn/cdn-args";
import { filesDigest } from "./files-digest";
import type { SitePlan } from "./plan-site";
import { saidCdn } from "./plan-site-cdn";
import type { SiteArgs } from "./site-args";

/** What is behind the distribution of a site, and what it shows to clients. */
interface Behind {
  /** Name of server or balancer in DNS. */
  domainName: pulumi.Input<string>;
  /** Certificate in us-east-1 for all domains. */
  certificateArn: pulumi.Input<string>;
  secrets: OriginSecrets | undefined;
  tags: Record<string, string>;
}

/** The distribution of a site: the same one whatever is behind it, so that another shape changes its origin in place. */
export function siteCdn(
  name: string,
  args: SiteArgs,
  { plan }: SitePlan,
  { domainName, certificateArn, secrets, tags }: Behind,
  opts: pulumi.ComponentResourceOptions,
): Cdn {
  const said = saidCdn(args);
  const servesFiles = args.apps.some(({ routes = [] }) =>
    routes.some(({ serve = ServeBy.Proxy }) => serve !== ServeBy.Proxy),
  );
  // The distribution waits for machines that serve them, so what it keeps is forgotten after that.
  const releases = servesFiles ? filesDigest(args.apps, plan.releases) : undefined;
  const origin = { ...said.origin, domainName, secrets };
  return new Cdn(name, { ...said, certificateArn, origin, releases, tags }, opts);
}
