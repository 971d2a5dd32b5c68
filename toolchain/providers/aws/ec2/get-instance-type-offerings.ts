import { isPropertyList, isPropertyMap, type PropertyMap } from "../../property/value";
import { availabilityZones } from "../account/account";
import type { Lookup } from "../lookup";
import { objects, required, text, texts } from "../properties";

/**
 * `aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings`: where types of instances are to be had. Every type that
 * looks like one is to be had in every availability zone here.
 */
export const getInstanceTypeOfferings: Lookup = {
  table: {
    inputs: { filters: objects({ name: required(text), values: required(texts) }), locationType: text, region: text },
    outputs: {
      id: required(text),
      instanceTypes: required(texts),
      locationTypes: required(texts),
      locations: required(texts),
    },
  },

  find(args, _account, region): PropertyMap {
    const locationType = (args["locationType"] as string | undefined) ?? "region";
    const asked = filterValues(args, "location");
    const places = locationType === "availability-zone" ? availabilityZones(region) : [region];
    const locations = places.filter((place) => asked === undefined || asked.includes(place));
    const types = (filterValues(args, "instance-type") ?? ["t3.micro", "t3.small", "t4g.micro", "t4g.small"]).filter(
      (type) => /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type),
    );
    const offers = types.flatMap((type) => locations.map((location) => ({ type, location })));
    return {
      id: region,
      instanceTypes: offers.map(({ type }) => type),
      locationType: args["locationType"],
      locationTypes: offers.map(() => locationType),
      locations: offers.map(({ location }) => location),
      region,
    };
  },
};

function filterValues(args: PropertyMap, name: string): string[] | undefined {
  const filters = args["filters"];
  if (!isPropertyList(filters)) return undefined;
  const filter = filters.find((each) => isPropertyMap(each) && each["name"] === name);
  return isPropertyMap(filter) ? (filter["values"] as string[]) : undefined;
}
