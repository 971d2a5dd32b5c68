import { filtersOf } from "../ec2/filters";
import type { Lookup } from "../lookup";
import { flag, objects, required, text, texts } from "../properties";
import { availabilityZones } from "./account";

/** `aws:index/getAvailabilityZones:getAvailabilityZones`. Here a region has three zones, and no local ones. */
export const getAvailabilityZones: Lookup = {
  table: {
    inputs: {
      allAvailabilityZones: flag,
      excludeNames: texts,
      excludeZoneIds: texts,
      filters: objects({ name: required(text), values: required(texts) }),
      region: text,
      state: text,
    },
    outputs: { groupNames: required(texts), id: required(text), names: required(texts), zoneIds: required(texts) },
  },

  find(args, _account, region) {
    const types = filtersOf(args, ["zone-type"]).get("zone-type");
    const zones = availabilityZones(region)
      .map((name, index) => ({ name, id: `${region}-az${index + 1}` }))
      .filter(({ name, id }) => !named(args["excludeNames"], name) && !named(args["excludeZoneIds"], id))
      .filter(() => types?.includes("availability-zone") ?? true);
    return {
      ...args,
      groupNames: zones.length > 0 ? [region] : [],
      id: region,
      names: zones.map(({ name }) => name),
      region,
      zoneIds: zones.map(({ id }) => id),
    };
  },
};

const named = (list: unknown, name: string): boolean => Array.isArray(list) && list.includes(name);
