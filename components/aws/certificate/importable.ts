import { KeyObject } from "node:crypto";

/** The kinds of keys that ACM imports (AWS Certificate Manager User Guide, "Prerequisites for importing ACM certificates"). */
export const importable = {
  takes: isImportable,
  refusal: {
    reason: "is of a kind that ACM does not import",
    fix: "use RSA with 1024, 2048, 3072 or 4096 bits, or the curves P-256, P-384, P-521",
  },
};

function isImportable({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa") return [1024, 2048, 3072, 4096].includes(modulusLength);
  return asymmetricKeyType === "ec" && ["prime256v1", "secp384r1", "secp521r1"].includes(namedCurve);
}
