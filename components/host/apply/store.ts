import { canonicalJson, sha256 } from "../digest";
import { HostPlan } from "../plan";
import { Program } from "./program";

/** Kinds of store. */
export const StoreKind = {
  /** A folder of the host: mounted into a local machine, or filled over SSH. */
  Folder: "folder",
} as const;
export type StoreKind = (typeof StoreKind)[keyof typeof StoreKind];

/** Where a host finds its plan, the program that applies it, its code and its parameters. Written to `storeConfigFile`. */
export interface StoreConfig {
  kind: StoreKind;
  /** Absolute path of the folder on the host. */
  path: string;
  /** Absolute path of the folder with the parameters, readable by root only: one file each, named like the parameter. */
  parameters: string;
}

/** The file on the host that says where the store is. */
export const storeConfigFile = "/etc/landfall/store.json";

/** Path of the pointer to the current plan and program. */
export const pointerPath = "current.json";

/** Path of an app's code, by the SHA-256 of its uncompressed archive. */
export const codePath = (digest: string): string => `code/${digest}.tar.gz`;

/** A text in the store. */
export interface StoreFile {
  /** Path in the store. */
  path: string;
  content: string;
}

/** What the store holds of a plan. The pointer is the last one: it may only be written when the others, and the code, are there. */
export function storeFiles(plan: HostPlan, program: Program): StoreFile[] {
  const planText = canonicalJson(plan);
  const digest = sha256(planText);
  return [
    { path: `programs/${program.digest}.py`, content: program.text },
    { path: `plans/${digest}.json`, content: planText },
    { path: pointerPath, content: canonicalJson({ format: 1, plan: digest, program: program.digest }) },
  ];
}
