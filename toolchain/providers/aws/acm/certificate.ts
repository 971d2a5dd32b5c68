import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { computed, flag, integer, object, objects, required, secret, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

const validationRecord = {
  domainName: required(text),
  resourceRecordName: required(text),
  resourceRecordType: required(text),
  resourceRecordValue: required(text),
};

const renewal = { renewalStatus: required(text), renewalStatusReason: required(text), updatedAt: required(text) };

/** `aws:acm/certificate:Certificate`: one that ACM issues, or, with a private key, one that is imported. */
export const certificate: Definition = {
  table: {
    inputs: {
      certificateAuthorityArn: text,
      certificateBody: text,
      certificateChain: text,
      domainName: text,
      earlyRenewalDuration: text,
      keyAlgorithm: text,
      options: object({ certificateTransparencyLoggingPreference: text, export: text }),
      privateKey: secret(text),
      privateKeyWo: secret(text),
      privateKeyWoVersion: integer,
      region: text,
      subjectAlternativeNames: texts,
      tags: textMap,
      validationMethod: text,
      validationOptions: objects({ domainName: required(text), validationDomain: required(text) }),
    },
    outputs: {
      arn: computed(text),
      domainValidationOptions: computed(objects(validationRecord)),
      notAfter: computed(text),
      notBefore: computed(text),
      pendingRenewal: computed(flag),
      renewalEligibility: computed(text),
      renewalSummaries: computed(objects(renewal)),
      status: computed(text),
      tagsAll: computed(textMap),
      type: computed(text),
      validationEmails: computed(texts),
    },
    filledIn: ["domainName", "keyAlgorithm", "options", "region", "subjectAlternativeNames", "validationMethod"],
  },
  // Body, chain and private key are not among them: another one is imported again, under the same name.
  replacement: [
    ...forceNew(
      "internal/service/acm/certificate.go",
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ),
    byRegion,
  ],
  sets: ["subjectAlternativeNames", "validationOptions"],

  check(inputs) {
    const isGiven = (name: string): boolean => (inputs[name] ?? null) !== null;
    const isImported = isGiven("privateKey") || isGiven("privateKeyWo");
    if (isImported === isGiven("domainName"))
      return [{ property: "domainName", reason: "exactly one of domainName and privateKey has to be given" }];
    if (isImported || isGiven("validationMethod") || isGiven("certificateAuthorityArn")) return [];
    return [{ property: "validationMethod", reason: "is missing: it or certificateAuthorityArn has to be given" }];
  },

  create(inputs, { account, region }) {
    const id = arn("acm", `certificate/${newUuid()}`, account, region);
    const issued = (inputs["domainName"] ?? null) !== null;
    const main = issued ? String(inputs["domainName"]) : "";
    const others = (inputs["subjectAlternativeNames"] ?? []) as string[];
    const names = [...new Set([main, ...others])].filter((name) => name !== "");
    const outputs = {
      arn: id,
      domainName: main,
      domainValidationOptions: issued ? names.map((name) => validation(name, account.id)) : [],
      keyAlgorithm: "RSA_2048",
      notAfter: "",
      notBefore: "",
      options: {
        certificateTransparencyLoggingPreference: issued ? "ENABLED" : "DISABLED",
        export: "DISABLED",
      },
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      status: issued ? "PENDING_VALIDATION" : "ISSUED",
      type: issued ? "AMAZON_ISSUED" : "IMPORTED",
      validationEmails: [],
      validationMethod: "NONE",
    };
    // ACM adds the main name to the others, and the official provider shows it among them.
    return { id, outputs: { ...outputs, subjectAlternativeNames: names } };
  },
};

/** It follows from the account and the name alone, in every region; a wildcard has that of the name below it. */
function validation(domainName: string, accountId: string): Record<string, string> {
  const name = domainName.replace(/^\*\./, "");
  return {
    domainName,
    resourceRecordName: `_${digits(32, accountId, name)}.${name}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${digits(32, accountId, name, "value")}.${digits(10, name)}.acm-validations.aws.`,
  };
}
