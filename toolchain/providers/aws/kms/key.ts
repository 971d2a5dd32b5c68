import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:kms/key:Key`. */
export const key: Definition = {
  table: {
    inputs: {
      bypassPolicyLockoutSafetyCheck: byDefault(false, flag),
      customKeyStoreId: text,
      customerMasterKeySpec: byDefault("SYMMETRIC_DEFAULT", text),
      deletionWindowInDays: integer,
      description: text,
      enableKeyRotation: byDefault(false, flag),
      isEnabled: byDefault(true, flag),
      keyUsage: byDefault("ENCRYPT_DECRYPT", text),
      multiRegion: flag,
      policy: text,
      region: text,
      rotationPeriodInDays: integer,
      tags: textMap,
      xksKeyId: text,
    },
    outputs: { arn: computed(text), keyId: computed(text), tagsAll: computed(textMap) },
    filledIn: ["description", "multiRegion", "policy", "region", "rotationPeriodInDays"],
  },
  replacement: [
    ...forceNew(
      "internal/service/kms/key.go",
      "customKeyStoreId",
      "customerMasterKeySpec",
      "keyUsage",
      "multiRegion",
      "xksKeyId",
    ),
    byRegion,
  ],
  documents: ["policy"],

  create(_inputs, { account, region }) {
    const id = newUuid();
    const outputs = {
      arn: arn("kms", `key/${id}`, account, region),
      description: "",
      keyId: id,
      multiRegion: false,
      policy: "",
      rotationPeriodInDays: 365,
    };
    return { id, outputs };
  },
};
