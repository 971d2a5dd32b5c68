import { Secret, UNKNOWN, Value } from "../graph/value";

/**
 * What stands for a value that is not known yet, by its type: boolean, number, string, list, asset, archive, object
 * (pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go).
 */
const unknownMarks: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The key that tells an object of Pulumi's own from the user's (pulumi/pulumi, sdk/go/common/resource/sig/sig.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";

const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  outputValue: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** How the engine shows a secret that it does not give away. */
const hiddenSecret = "[secret]";

/** The mark of an unknown text, which stands for any unknown value when a property is handed back to the engine. */
export const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * A property as the engine writes it in JSON (a preview, a state) or hands it to a policy pack, as rules take it: marks of
 * unknown values become `UNKNOWN`, secrets are covered, assets and archives are what they are made of.
 */
export function propertyValue(written: unknown): Value {
  if (unknownMarks.has(written) || written === undefined) return UNKNOWN;
  if (written === hiddenSecret) return new Secret(UNKNOWN);
  if (written === null || typeof written === "boolean" || typeof written === "number" || typeof written === "string") {
    return written;
  }
  if (Array.isArray(written)) return written.map(propertyValue);
  if (typeof written !== "object") return null;
  const fields = written as Readonly<Record<string, unknown>>;
  switch (fields[signatureKey]) {
    case signatures.secret:
      return secret(fields);
    case signatures.outputValue:
      return "secret" in fields && fields["secret"] === true
        ? new Secret(propertyValue(fields["value"]))
        : propertyValue(fields["value"]);
    default:
      return propertyValues(fields);
  }
}

/** The properties of a resource. The engine's own notes in them, e.g. which are defaults, are left out. */
export function propertyValues(fields: Readonly<Record<string, unknown>>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [key, field] of Object.entries(fields)) {
    if (key !== signatureKey && !key.startsWith("__")) values[key] = propertyValue(field);
  }
  return values;
}

/** A secret as the engine writes it; `value` is itself in written form. */
export function writtenSecret(value: unknown): Record<string, unknown> {
  return { [signatureKey]: signatures.secret, value };
}

/** In an exported state a secret is encrypted, or JSON in a text when it was exported with `--show-secrets`. */
function secret({ plaintext, value }: Readonly<Record<string, unknown>>): Secret {
  if (typeof plaintext !== "string") return new Secret(value === undefined ? UNKNOWN : propertyValue(value));
  try {
    return new Secret(propertyValue(JSON.parse(plaintext)));
  } catch {
    return new Secret(UNKNOWN);
  }
}
