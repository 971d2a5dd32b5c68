import { isPropertyList, isPropertyMap, type PropertyMap } from "../../property/value";

/**
 * The filters of a lookup: the values that are asked for, by name.
 * @throws at a filter that is not known here: what it would leave out cannot be said
 */
export function filtersOf(args: PropertyMap, known: readonly string[]): Map<string, readonly string[]> {
  const filters = args["filters"];
  if (!isPropertyList(filters)) return new Map();
  return new Map(
    filters.filter(isPropertyMap).map((filter) => {
      const name = String(filter["name"]);
      if (!known.includes(name))
        throw new Error(`the simulated aws knows no filter ${name} here; it knows ${known.join(", ")}`);
      return [name, filter["values"] as string[]];
    }),
  );
}
