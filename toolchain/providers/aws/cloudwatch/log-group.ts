import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { byDefault, computed, flag, integer, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:cloudwatch/logGroup:LogGroup`. */
export const logGroup: Definition = {
  table: {
    inputs: {
      deletionProtectionEnabled: flag,
      kmsKeyId: text,
      logGroupClass: text,
      name: text,
      namePrefix: text,
      region: text,
      retentionInDays: byDefault(0, integer),
      skipDestroy: byDefault(false, flag),
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["deletionProtectionEnabled", "logGroupClass", "name", "namePrefix", "region"],
  },
  replacement: [...forceNew("internal/service/logs/group.go", "logGroupClass", "name", "namePrefix"), byRegion],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 255 },

  create(inputs, { account, region }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const outputs = {
      arn: arn("logs", `log-group:${name}`, account, region),
      deletionProtectionEnabled: false,
      logGroupClass: "STANDARD",
      name,
      namePrefix: "",
    };
    return { id: name, outputs };
  },
};
