import { createHash } from "node:crypto";

import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { computed, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/keyPair:KeyPair`: a public key that instances can be started with. */
export const keyPair: Definition = {
  table: {
    inputs: { keyName: text, keyNamePrefix: text, publicKey: required(text), region: text, tags: textMap },
    outputs: {
      arn: computed(text),
      fingerprint: computed(text),
      keyPairId: computed(text),
      keyType: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: ["keyName", "keyNamePrefix", "region"],
  },
  replacement: [...forceNew("internal/service/ec2/ec2_key_pair.go", "keyName", "keyNamePrefix", "publicKey"), byRegion],
  autonaming: { property: "keyName", prefixProperty: "keyNamePrefix", maxLength: 255 },

  create(inputs, { account, region }) {
    const name = (inputs["keyName"] as string | undefined) ?? `${String(inputs["keyNamePrefix"])}${Date.now()}`;
    const [kind = "", key = ""] = String(inputs["publicKey"]).trim().split(/\s+/);
    const outputs = {
      arn: arn("ec2", `key-pair/${name}`, account, region),
      fingerprint: createHash("sha256").update(Buffer.from(key, "base64")).digest("base64"),
      keyName: name,
      keyNamePrefix: "",
      keyPairId: newId("key"),
      keyType: kind.replace(/^ssh-/, ""),
    };
    return { id: name, outputs };
  },
};
