import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { computed, flag, integer, required, secret, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

const source = "internal/service/ssm/parameter.go";

/** `aws:ssm/parameter:Parameter`. */
export const parameter: Definition = {
  table: {
    inputs: {
      allowedPattern: text,
      arn: text,
      dataType: text,
      description: text,
      insecureValue: text,
      keyId: text,
      name: text,
      overwrite: flag,
      region: text,
      tags: textMap,
      tier: text,
      type: required(text),
      value: secret(text),
      valueWo: secret(text),
      valueWoVersion: integer,
    },
    outputs: { hasValueWo: computed(flag), tagsAll: computed(textMap), version: computed(integer) },
    filledIn: ["arn", "dataType", "insecureValue", "keyId", "name", "region", "tier", "value"],
  },
  replacement: [
    ...forceNew(source, "dataType", "name"),
    {
      path: "tier",
      source: `${source} ForceNewIfChange: no way back from Advanced to Standard`,
      when: ({ before, after }) => before["tier"] === "Advanced" && after["tier"] === "Standard",
    },
    byRegion,
  ],
  autonaming: { property: "name", maxLength: 255 },

  check(inputs) {
    const given = ["value", "insecureValue", "valueWo"].filter((name) => (inputs[name] ?? null) !== null);
    return given.length === 1
      ? []
      : [{ property: "value", reason: "exactly one of value, insecureValue and valueWo has to be given" }];
  },

  renewed(state, inputs): PropertyMap {
    const changed = ["value", "description"].some((name) => state[name] !== inputs[name]);
    return changed ? { version: Number(state["version"]) + 1 } : {};
  },

  create(inputs, { account, region }) {
    const name = String(inputs["name"]);
    const outputs = {
      arn: arn("ssm", `parameter/${name.replace(/^\//, "")}`, account, region),
      dataType: "text",
      hasValueWo: (inputs["valueWo"] ?? null) !== null,
      insecureValue: "",
      keyId: inputs["type"] === "SecureString" ? "alias/aws/ssm" : "",
      tier: "Standard",
      value: "",
      version: 1,
    };
    return { id: name, outputs };
  },
};
