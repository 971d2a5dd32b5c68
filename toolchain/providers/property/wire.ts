import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import {
  Archive,
  Asset,
  isPropertyList,
  isPropertyMap,
  mapProperties,
  type PropertyMap,
  type PropertyValue,
  Secret,
  Unknown,
} from "./value";

// How Pulumi's protocol writes what JSON has not: an object whose `signatureKey` names the kind, and a string that stands
// for a value not known yet. The numbers are part of the protocol (developer documentation of pulumi/pulumi, "Property
// values"); for unknowns there is one string for each type, and a reader takes them all.
const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknowns = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  unknownString,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

type Wire = JavaScriptValue;
interface WireMap {
  [name: string]: Wire;
}

/** Reads what the engine sent; a message that was left out holds nothing. */
export function readProperties(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : readMap(struct.toJavaScript() as WireMap);
}

/** Writes values for the engine. */
export function writeProperties(values: PropertyMap): Struct {
  return Struct.fromJavaScript(writeMap(values));
}

function readMap(wire: WireMap): PropertyMap {
  return Object.fromEntries(Object.entries(wire).map(([name, value]) => [name, read(value)]));
}

function read(wire: Wire): PropertyValue {
  if (typeof wire === "string") return unknowns.has(wire) ? Unknown.value : wire;
  if (Array.isArray(wire)) return wire.map(read);
  if (wire === null || typeof wire !== "object") return wire;
  const map = wire as WireMap;
  switch (map[signatureKey]) {
    case undefined:
      return readMap(map);
    case signatures.secret:
      return new Secret(read(map["value"] ?? null));
    case signatures.asset:
      return readAsset(map);
    case signatures.archive:
      return readArchive(map);
    case signatures.output: {
      const value = "value" in map ? read(map["value"] as Wire) : Unknown.value;
      return map["secret"] === true ? new Secret(value) : value;
    }
    case signatures.resource:
      return String(map["id"] ?? map["urn"] ?? "");
    default:
      throw new Error(
        `the engine sent a value of unknown kind ${String(map[signatureKey])}; this provider is too old for it`,
      );
  }
}

function readAsset(map: WireMap): Asset {
  const hash = String(map["hash"] ?? "");
  for (const kind of ["path", "uri"] as const) {
    const value = map[kind];
    if (typeof value === "string" && value !== "") return new Asset({ [kind]: value } as { path: string }, hash);
  }
  return new Asset({ text: String(map["text"] ?? "") }, hash);
}

function readArchive(map: WireMap): Archive {
  const hash = String(map["hash"] ?? "");
  for (const kind of ["path", "uri"] as const) {
    const value = map[kind];
    if (typeof value === "string" && value !== "") return new Archive({ [kind]: value } as { path: string }, hash);
  }
  const members = readMap((map["assets"] ?? {}) as WireMap);
  return new Archive({ assets: members as Record<string, Asset | Archive> }, hash);
}

function writeMap(values: PropertyMap): WireMap {
  return mapProperties(values, (value) => write(value) as PropertyValue) as WireMap;
}

function write(value: PropertyValue): Wire {
  if (value instanceof Unknown) return unknownString;
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, value: write(value.value) };
  if (value instanceof Asset) return { [signatureKey]: signatures.asset, hash: value.hash, ...value.content };
  if (value instanceof Archive) {
    const content = "assets" in value.content ? { assets: writeMap(value.content.assets) } : value.content;
    return { [signatureKey]: signatures.archive, hash: value.hash, ...content };
  }
  if (isPropertyList(value)) return value.map(write);
  if (isPropertyMap(value)) return writeMap(value);
  return value;
}
