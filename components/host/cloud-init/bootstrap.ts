import { readFileSync } from "node:fs";
import { join } from "node:path";

import { compact } from "../apply/compact";
import { bundle, moduleText } from "../apply/program";
import { StoreKind } from "../apply/store";

/** Modules of the apply program that a host needs to reach its store before it has that program. */
const reach = {
  [StoreKind.Folder]: [],
  [StoreKind.S3]: ["signature", "aws"],
} as const;

const storeModule = {
  [StoreKind.Folder]: "folder_store.py",
  [StoreKind.S3]: "s3_store.py",
} as const;

/** The program that fetches plan and apply program from a store of a kind, and runs it. */
export function bootstrapProgram(kind: StoreKind): string {
  return compact(
    bundle([
      ...reach[kind].map((name) => [name, moduleText(name)] as const),
      ["store", besideThis(storeModule[kind])],
      ["bootstrap", besideThis("bootstrap.py")],
    ]),
  );
}

function besideThis(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
