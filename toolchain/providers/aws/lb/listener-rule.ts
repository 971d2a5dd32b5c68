import type { Definition } from "../definition";
import { newHex } from "../identifiers";
import { computed, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";
import { actions } from "./action-table";

const rewrite = object({ rewrite: object({ regex: required(text), replace: required(text) }) });

/** `aws:lb/listenerRule:ListenerRule`. */
export const listenerRule: Definition = {
  table: {
    inputs: {
      actions,
      conditions: required(
        objects({
          hostHeader: object({ regexValues: texts, values: texts }),
          httpHeader: object({ httpHeaderName: required(text), regexValues: texts, values: texts }),
          httpRequestMethod: object({ values: required(texts) }),
          pathPattern: object({ regexValues: texts, values: texts }),
          queryStrings: objects({ key: text, value: required(text) }),
          sourceIp: object({ ipAddressType: text, values: texts }),
        }),
      ),
      listenerArn: required(text),
      priority: integer,
      region: text,
      tags: textMap,
      transforms: objects({ hostHeaderRewriteConfig: rewrite, type: required(text), urlRewriteConfig: rewrite }),
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["priority", "region"],
  },
  replacement: [...forceNew("internal/service/elbv2/listener_rule.go", "listenerArn"), byRegion],
  sets: ["conditions"],

  create(inputs) {
    const own = `${String(inputs["listenerArn"]).replace(":listener/", ":listener-rule/")}/${newHex(16)}`;
    return { id: own, outputs: { arn: own, priority: 1 } };
  },
};
