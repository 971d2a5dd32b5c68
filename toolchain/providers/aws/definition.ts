import type { PropertyMap } from "../property/value";
import type { Created } from "../provider";
import type { ResourceTable } from "../table";
import type { Account } from "./account/account";
import type { Autonaming } from "./autonaming";
import type { ReplacementRow } from "./replacement";

/** A kind of AWS resource, as the official provider treats it. */
export interface Definition {
  readonly table: ResourceTable;
  /** The inputs whose change replaces the resource. */
  readonly replacement: readonly ReplacementRow[];
  /** For a kind that nothing replaces: the file of the Terraform provider that says so, and how. */
  readonly neverReplaced?: string;
  /** @default no input gets a generated name */
  readonly autonaming?: Autonaming;
  /** Whether the official provider always deletes the old resource first. @default only where the program gave the name */
  readonly deletesFirst?: boolean;
  /** Inputs that are lists in which the order says nothing. @default none */
  readonly sets?: readonly string[];
  /** Inputs that are JSON documents: compared by what they say. @default none */
  readonly documents?: readonly string[];
  /** What is wrong with inputs together, which the official provider finds before it calls AWS. @default nothing */
  check?(inputs: PropertyMap): { property: string; reason: string }[];
  /** Outputs that an update to these inputs makes anew; a preview does not know them. @default none */
  renewed?(state: PropertyMap, inputs: PropertyMap): PropertyMap;
  /** The id, and the outputs that AWS would compute. Inputs that were given need not be repeated: they go first. */
  create(inputs: PropertyMap, place: Place): Created;
}

/** Where a resource is made. */
export interface Place {
  readonly account: Account;
  /** The resource's own region, else the provider's. */
  readonly region: string;
}
