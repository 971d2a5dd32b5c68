import { ownName } from "../names";

/** Where a fleet belongs. */
export interface FleetPlace {
  organization: string;
  project: string;
  stack: string;
}

/** Far below the 255 letters of a group's name, of which the provider takes 26 for what it puts behind. */
const longest = 113;

/**
 * What the name of a fleet's group begins with, and the name of no other fleet's group of an account does: the machines' role
 * may act on groups whose names begin so. It has nothing in it that means something in a policy of IAM.
 */
export function fleetPrefix({ organization, project, stack, fleet }: FleetPlace & { fleet: string }): string {
  return `${ownName(["landfall", stack, fleet], [organization, project, stack, fleet], longest)}-`;
}
