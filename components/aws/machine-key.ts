import { gunzipSync } from "node:zlib";
import { canonicalJson, sha256 } from "../host/digest";
import { architectureOf } from "./instance-type";

/** What of a server takes a new machine when it changes. */
export interface BornWith {
  debian: number;
  instanceType: string;
  userData?: string;
  userDataBase64?: string;
  store?: object;
  ssh?: object;
  generation?: number;
}

/**
 * The part of an instance's name that stands for what the machine is born with. Another key is another resource, which
 * gets the newest image and user data; one that is there keeps both, whatever AWS or a new release of Landfall offers.
 * (Were it one resource that is replaced, `ignoreChanges` would carry the old image and user data into the new machine.)
 */
export function machineKey(server: BornWith): string {
  const birth = {
    debian: server.debian,
    architecture: architectureOf(server.instanceType),
    // With a store user data is a bootstrap that hardly changes; without one it is all that the machine ever gets.
    from: server.store ?? sha256(plainUserData(server)),
    ssh: server.ssh !== undefined,
    generation: server.generation ?? 1,
  };
  return sha256(canonicalJson(birth)).slice(0, 8);
}

/** Uncompressed: releases of Node.js compress differently. */
function plainUserData({ userData, userDataBase64 }: BornWith): string | Uint8Array {
  return userDataBase64 === undefined ? (userData ?? "") : gunzipSync(Buffer.from(userDataBase64, "base64"));
}
