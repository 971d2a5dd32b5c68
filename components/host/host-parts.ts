import { PlannedDirectory, PlannedFile, PlannedSecret, PlannedUser } from "./plan";

/** What something that runs on a host adds to its plan. */
export interface HostParts {
  /** Debian packages. */
  packages: string[];
  users: PlannedUser[];
  directories: PlannedDirectory[];
  files: PlannedFile[];
  secrets: PlannedSecret[];
  /** Units that are to be running, in the order they are started. */
  units: string[];
}

export const noParts: HostParts = { packages: [], users: [], directories: [], files: [], secrets: [], units: [] };
