/** A resource as `pulumi stack export --show-secrets` writes it, with secrets and assets as what they hold. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

// The kinds of values that JSON has not, as Pulumi's protocol marks them.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";

/** A file that an input names, or text in its place. */
export interface RecordedAsset {
  readonly asset: { readonly path?: string; readonly text?: string };
}

/** The resources of AWS in an exported state, in the order in which they were made. */
export function recordedResources(exported: string): RecordedResource[] {
  const { deployment } = JSON.parse(exported) as { deployment: { resources?: RecordedResource[] } };
  return (deployment.resources ?? [])
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ urn, type, id, inputs, outputs }) => ({ urn, type, id, inputs: opened(inputs), outputs: opened(outputs) }));
}

function opened(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, open(value)]));
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  const { [signatureKey]: signature, ...rest } = value as Record<string, unknown>;
  if (signature === secretSignature) return open(JSON.parse(String(rest["plaintext"])));
  if (signature === assetSignature) return { asset: rest } as RecordedAsset;
  return opened(value as Record<string, unknown>);
}
