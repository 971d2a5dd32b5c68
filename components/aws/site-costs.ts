import * as pulumi from "@pulumi/pulumi";
import { CostEstimate, estimateCosts } from "./costs/estimate";
import { standInRegion } from "./costs/prices";
import { defaultInstanceType } from "./instance-type";
import type { SitePlan } from "./plan-site";
import { defaultNodes, defaultNodeType } from "./redis/node-type";
import type { SiteArgs } from "./site-args";

/** Sizes that machines have where nothing is said. */
const usual = { rootGiB: 16, dataGiB: 20 };

/** What a site costs in a month. The region is the one that Pulumi or the environment is set to. */
export function siteCosts(
  args: SiteArgs,
  { network }: SitePlan,
  counts: Readonly<Record<string, number>>,
): CostEstimate {
  const { fleet, instanceType = defaultInstanceType, rootGiB = usual.rootGiB, dataGiB = usual.dataGiB } = args;
  const region = new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? standInRegion;
  return estimateCosts({
    ...{ region, instanceType, rootGiB, counts },
    machines: network && fleet ? { least: fleet.minimum, most: fleet.maximum } : { least: 1, most: 1 },
    dataGiB: network ? 0 : dataGiB,
    zones: network?.zones.length ?? 0,
    redis: { nodeType: fleet?.redis?.nodeType ?? defaultNodeType, nodes: fleet?.redis?.nodes ?? defaultNodes },
    interfaceEndpoints: network?.interfaces.length ?? 0,
  });
}
