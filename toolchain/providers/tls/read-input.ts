import type { Pkcs10CertificateRequest, X509Certificate } from "@peculiar/x509";
import type { KeyObject } from "node:crypto";

import type { PropertyMap } from "../property/value";
import { algorithmOf } from "./key-algorithms";
import { readPrivateKey } from "./keys";
import type { X509Library } from "./x509-library";

/** The private key that an input holds; the error names the input and does not show the key. */
export function keyInput(inputs: PropertyMap, name: string): KeyObject {
  return named(name, () => {
    const key = readPrivateKey(inputs[name] as string);
    algorithmOf(key);
    return key;
  });
}

/** The certificate that an input holds. */
export function certificateInput(library: X509Library, inputs: PropertyMap, name: string): X509Certificate {
  return pemInput(inputs, name, "CERTIFICATE", (pem) => new library.X509Certificate(pem));
}

/** The certificate request that an input holds. */
export function requestInput(library: X509Library, inputs: PropertyMap, name: string): Pkcs10CertificateRequest {
  return pemInput(inputs, name, "CERTIFICATE REQUEST", (pem) => new library.Pkcs10CertificateRequest(pem));
}

function pemInput<Parsed>(inputs: PropertyMap, name: string, label: string, parse: (pem: string) => Parsed): Parsed {
  return named(name, () => {
    const pem = inputs[name] as string;
    const blocks = [...pem.matchAll(/-----BEGIN ([^-]+)-----[\s\S]*?-----END \1-----/g)];
    const [block] = blocks;
    if (blocks.length !== 1 || block?.[1] !== label) {
      const found = blocks.length === 0 ? "no PEM block" : blocks.map((each) => each[1]).join(", ");
      throw new Error(`has ${found}, and has to be one PEM block "${label}"`);
    }
    return parse(block[0]);
  });
}

function named<Result>(name: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`);
  }
}
