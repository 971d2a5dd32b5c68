import type { KeyObject } from "node:crypto";

import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";
import type { Function } from "../provider";
import { algorithmOf } from "./key-algorithms";
import { publicKeyDer, publicKeyOf, readPrivateKey, sha1 } from "./keys";
import { publicKeyInFile } from "./openssh";
import { publicKeyOutputs } from "./private-key";
import { getPublicKeyTable } from "./tables";

/** `tls:index/getPublicKey:getPublicKey`: the public key of a private key. */
export const getPublicKey: Function = {
  table: getPublicKeyTable,

  check(args: PropertyMap): Failure[] {
    const given = ["privateKeyPem", "privateKeyOpenssh"].filter((name) => (args[name] ?? "") !== "");
    if (given.length === 1) return [];
    return [
      { property: "privateKeyPem", reason: "exactly one of privateKeyPem and privateKeyOpenssh has to be given" },
    ];
  },

  async call(args: PropertyMap): Promise<PropertyMap> {
    const key = keyIn(args);
    return { algorithm: algorithmOf(key), id: sha1(publicKeyDer(key)), ...publicKeyOutputs(key) };
  },
};

function keyIn(args: PropertyMap): KeyObject {
  const name = args["privateKeyPem"] ? "privateKeyPem" : "privateKeyOpenssh";
  const text = args[name] as string;
  try {
    // OpenSSH also writes PEM (`ssh-keygen -m PEM`), and takes it where it takes its own format.
    const own = name === "privateKeyOpenssh" && text.includes("BEGIN OPENSSH PRIVATE KEY");
    return own ? publicKeyInFile(text) : publicKeyOf(readPrivateKey(text));
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`);
  }
}
