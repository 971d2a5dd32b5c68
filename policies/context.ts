import { Graph } from "./graph/graph";
import { Host } from "./hosts/host";
import { Permission } from "./network/permission";
import { Settings } from "./settings";

/** What a rule may look at. */
export interface Context {
  readonly graph: Graph;
  readonly settings: Settings;
  /** The machines that apps run on. */
  readonly hosts: readonly Host[];
  /** What the rules of all security groups let through. */
  readonly permissions: readonly Permission[];
}
