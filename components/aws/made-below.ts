import type { ResourceTransformation } from "@pulumi/pulumi";

/** How many resources of each kind are made below one. */
export interface MadeBelow {
  counts: Record<string, number>;
  /** Option of the resource: it sees every resource below before that is made, and changes none. */
  transformations: ResourceTransformation[];
}

/** Counts what is made below a resource, so that nobody has to say it a second time. */
export function madeBelow(): MadeBelow {
  const counts: Record<string, number> = {};
  const count: ResourceTransformation = ({ type }) => {
    counts[type] = (counts[type] ?? 0) + 1;
    return undefined;
  };
  return { counts, transformations: [count] };
}
