import { Problem, at } from "../../app/problem";

/** Kinds of store. */
export const StoreKind = {
  /** A folder of the host: mounted into a local machine, or filled over SSH. */
  Folder: "folder",
  /** A bucket of S3, with parameters of Systems Manager. */
  S3: "s3",
} as const;
export type StoreKind = (typeof StoreKind)[keyof typeof StoreKind];

/** A store that is a folder of the host. */
export interface FolderStoreConfig {
  kind: typeof StoreKind.Folder;
  /** Absolute path of the folder on the host. */
  path: string;
  /** Absolute path of the folder with the parameters, readable by root only: one file each, named like the parameter. */
  parameters: string;
}

/** A store that is a bucket. The host reads it with the credentials of its instance's role. */
export interface S3StoreConfig {
  kind: typeof StoreKind.S3;
  bucket: string;
  /** Region of bucket and parameters; null: the one that the instance is in. */
  region: string | null;
  /** What the keys of the store's objects begin with: empty, or ending with a slash, e.g. `web/`. */
  prefix: string;
  /** Path of the parameters in Systems Manager, e.g. `/landfall/dev/web`: `<path>/<name of the parameter>`. */
  parameters: string;
  /**
   * Hook of the instance's Auto Scaling group that is released when every app is healthy for the first time.
   * @default the instance is in no such group
   */
  lifecycleHook?: string;
  /** @default AWS's own */
  endpoints?: AwsEndpoints;
}

/** Addresses to use instead of AWS's own: of VPC endpoints, or of an emulator. */
export interface AwsEndpoints {
  /** Address that keys are appended to, e.g. `https://<bucket>.<endpoint>`. */
  s3?: string;
  ssm?: string;
  autoscaling?: string;
  /** The instance metadata service. */
  metadata?: string;
}

/**
 * Where a host finds its plan, the program that applies it, its code and its parameters.
 *
 * The store holds `current.json`, the pointer `{format: 1, plan, program}`, and what is named by SHA-256:
 * `plans/<digest>.json`, `programs/<digest>.py` and `code/<digest of the uncompressed archive>.tar.gz`. The pointer is
 * written last.
 */
export type StoreConfig = FolderStoreConfig | S3StoreConfig;

/** Where things are in a store. */
export const storePaths = {
  pointer: "current.json",
  plan: (digest: string): string => `plans/${digest}.json`,
  program: (digest: string): string => `programs/${digest}.py`,
  code: (digest: string): string => `code/${digest}.tar.gz`,
} as const;

/** The text of a store's pointer. */
export function storePointer(plan: string, program: string): string {
  return `${JSON.stringify({ format: 1, plan, program })}\n`;
}

/** Names of buckets (S3 user guide, "Bucket naming rules") without dots, which the names in S3's certificate do not cover. */
const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Paths of parameters (Systems Manager API, "PutParameter"), and keys that need no encoding. */
const parameterPath = /^(?:\/[\w.-]+)+$/;
const keyPrefix = /^(?:[\w.-]+\/)*$/;

/** What is wrong with the description of an S3 store. */
export function storeProblems(store: S3StoreConfig, path: string): Problem[] {
  const faults: [key: keyof S3StoreConfig, good: boolean, reason: string, fix: string][] = [
    [
      "bucket",
      bucketName.test(store.bucket),
      "is not the name of a bucket",
      "use 3 to 63 small letters, digits and hyphens",
    ],
    [
      "prefix",
      keyPrefix.test(store.prefix),
      "is not the beginning of a key",
      'use letters, digits and "._-", with a slash at the end, e.g. "web/"',
    ],
    [
      "parameters",
      parameterPath.test(store.parameters),
      "is not a path of parameters",
      'begin it with a slash and end it without one, e.g. "/landfall/dev/web"',
    ],
    [
      "region",
      store.region === null || /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(store.region),
      "is not a region",
      'give one such as "eu-central-1", or null for the instance\'s own',
    ],
  ];
  return faults
    .filter(([, good]) => !good)
    .map(([key, , reason, fix]) => ({ path: at(path, key), value: store[key], reason, fix }));
}
