/** Actions of IAM by the prefix of their service, for each kind of resource. */
export type KindActions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
