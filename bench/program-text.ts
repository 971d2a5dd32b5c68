/** How values that are files look in a preview's JSON. */
const signature = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * A value of a preview's JSON as an expression of a program, in which `own()` makes a text that of one copy.
 *
 * @param mark what stands for a value that is not known
 * @param unknown the expression for such a value
 */
export function argument(value: unknown, mark: string, unknown: string): string {
  if (typeof value === "string" && value.includes(mark)) return unknown;
  if (Array.isArray(value)) return `[${value.map((one) => argument(one, mark, unknown)).join(", ")}]`;
  if (typeof value === "string") return `own(${JSON.stringify(value)})`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const object = value as Record<string, unknown>;
  if (object[signature] === secretSignature) return `pulumi.secret("hidden")`;
  if (object[signature] === assetSignature) {
    return typeof object.path === "string"
      ? `new pulumi.asset.FileAsset(${JSON.stringify(object.path)})`
      : `new pulumi.asset.StringAsset(${JSON.stringify(object.text ?? "")})`;
  }
  const members = Object.entries(object).map(([key, one]) => `${JSON.stringify(key)}: ${argument(one, mark, unknown)}`);
  return `{ ${members.join(", ")} }`;
}
