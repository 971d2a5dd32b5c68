import type { Lookup } from "../lookup";
import { objects, required, text, textMap, texts } from "../properties";
import { filtersOf } from "./filters";

/** `aws:ec2/getSubnets:getSubnets`: the ids of subnets. Here there are those of the default network. */
export const getSubnets: Lookup = {
  table: {
    inputs: { filters: objects({ name: required(text), values: required(texts) }), region: text, tags: textMap },
    outputs: { id: required(text), ids: required(texts) },
  },

  find(args, account, region) {
    const filters = filtersOf(args, ["availability-zone", "default-for-az", "vpc-id"]);
    const asked = (name: string, value: string): boolean => filters.get(name)?.includes(value) ?? true;
    const found = account.subnets.filter(
      (subnet) =>
        asked("vpc-id", account.vpcId) &&
        asked("default-for-az", "true") &&
        asked("availability-zone", subnet.availabilityZone),
    );
    return { filters: args["filters"], id: region, ids: found.map(({ id }) => id), region, tags: args["tags"] ?? {} };
  },
};
