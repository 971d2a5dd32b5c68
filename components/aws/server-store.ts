/** Where a server reads its plan, code and parameters. */
export interface ServerStore {
  /** Name of the bucket. @example "landfall-dev-web-0123456789ab" */
  bucketName: string;
  /** What the keys of its objects begin with. @default "": the whole bucket @example "web/" */
  prefix?: string;
  /** Path of its parameters in Parameter Store, e.g. `/landfall/demo/dev/web`. */
  parameters: string;
}
