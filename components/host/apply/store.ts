/** Kinds of store. */
export const StoreKind = {
  /** A folder of the host: mounted into a local machine, or filled over SSH. */
  Folder: "folder",
} as const;
export type StoreKind = (typeof StoreKind)[keyof typeof StoreKind];

/**
 * Where a host finds its plan, the program that applies it, its code and its parameters.
 *
 * The store holds `current.json`, the pointer `{format: 1, plan, program}`, and what is named by SHA-256:
 * `plans/<digest>.json`, `programs/<digest>.py` and `code/<digest of the uncompressed archive>.tar.gz`. The pointer is
 * written last.
 */
export interface StoreConfig {
  kind: StoreKind;
  /** Absolute path of the folder on the host. */
  path: string;
  /** Absolute path of the folder with the parameters, readable by root only: one file each, named like the parameter. */
  parameters: string;
}
