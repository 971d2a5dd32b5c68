import { isGiven, Resource } from "../graph/graph";
import { text, uncovered } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { HostView } from "../reader/host-view";
import { readUserData } from "../reader/read-user-data";
import { UserDataEncoding } from "../reader/user-data/unwrap";

/** Properties that carry user data, by type, and how it is written in them. */
const carriers: Readonly<Record<string, Readonly<Record<string, UserDataEncoding>>>> = {
  "aws:ec2/instance:Instance": { userData: UserDataEncoding.Auto, userDataBase64: UserDataEncoding.Base64 },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
    userData: UserDataEncoding.Auto,
    userDataBase64: UserDataEncoding.Base64,
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    userData: UserDataEncoding.Auto,
    userDataBase64: UserDataEncoding.Base64,
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { userData: UserDataEncoding.Base64 },
  "aws:lightsail/instance:Instance": { userData: UserDataEncoding.Auto },
};

/** Types of machines, and of templates that machines are made from. */
export const machineTypes: readonly string[] = Object.keys(carriers);

/** What there is of a machine's user data. */
export interface UserData {
  /** Null when it is not known yet. */
  readonly view: HostView | null;
}

/**
 * The user data of a machine, or null when it has none. A property that is not known counts when the program gave it:
 * the provider computes the one of the two that it did not give.
 */
export function userDataOf(machine: Resource): UserData | null {
  const properties = Object.entries(carriers[machine.type] ?? {});
  for (const [property, encoding] of properties) {
    const data = text(machine.properties[property]);
    if (typeof data === "string" && data !== "")
      return { view: readUserData(data, `user data of ${machine.name}`, encoding) };
  }
  const unknown = properties.some(
    ([property]) => uncovered(machine.properties[property]) === UNKNOWN && isGiven(machine, property),
  );
  return unknown ? { view: null } : null;
}
