import type { PropertyMap } from "../property/value";
import type { FunctionTable } from "../table";
import type { Account } from "./account/account";

/** A function that looks something up in AWS. */
export interface Lookup {
  readonly table: FunctionTable;
  /**
   * Answers from what the account holds.
   * @param region the call's own region, else the provider's
   * @throws what AWS answers when there is no such thing
   */
  find(args: PropertyMap, account: Account, region: string): PropertyMap;
}
