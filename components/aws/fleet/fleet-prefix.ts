import { sha256 } from "../../host/digest";

/** Where a fleet belongs. */
export interface FleetPlace {
  organization: string;
  project: string;
  stack: string;
}

/** Letters of the words in front; a group's name has 255 at most, of which the provider takes 26 for what it puts behind. */
const wordLetters = 100;

/**
 * What the name of a fleet's group begins with, and the name of no other fleet's group of an account does: the machines' role
 * may act on groups whose names begin so. It has nothing in it that means something in a policy of IAM.
 */
export function fleetPrefix({ organization, project, stack, fleet }: FleetPlace & { fleet: string }): string {
  const owner = sha256(JSON.stringify([organization, project, stack, fleet])).slice(0, 12);
  const words = ["landfall", stack, fleet].map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  const front = words.join("-").replace(/-+/g, "-").slice(0, wordLetters).replace(/-$/, "");
  return `${front}-${owner}-`;
}
