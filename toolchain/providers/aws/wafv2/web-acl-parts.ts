import type { Definition } from "../definition";
import { object, objects, required, text, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

const folder = "internal/service/wafv2";

/** `aws:wafv2/webAclAssociation:WebAclAssociation`: what of a region is behind a web ACL. */
export const webAclAssociation: Definition = {
  table: {
    inputs: { region: text, resourceArn: required(text), webAclArn: required(text) },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [...forceNew(`${folder}/web_acl_association.go`, "resourceArn", "webAclArn"), byRegion],

  create(inputs) {
    return { id: `${String(inputs["webAclArn"])},${String(inputs["resourceArn"])}`, outputs: {} };
  },
};

/** `aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration`: where a web ACL logs requests. */
export const webAclLogging: Definition = {
  table: {
    inputs: {
      logDestinationConfigs: required(texts),
      loggingFilter: object({
        defaultBehavior: required(text),
        filters: required(
          objects({
            behavior: required(text),
            conditions: required(
              objects({
                actionCondition: object({ action: required(text) }),
                labelNameCondition: object({ labelName: required(text) }),
              }),
            ),
            requirement: required(text),
          }),
        ),
      }),
      redactedFields: objects({
        method: object({}),
        queryString: object({}),
        singleHeader: object({ name: required(text) }),
        uriPath: object({}),
      }),
      region: text,
      resourceArn: required(text),
    },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew(`${folder}/web_acl_logging_configuration.go`, "logDestinationConfigs", "resourceArn"),
    byRegion,
  ],

  create(inputs) {
    return { id: String(inputs["resourceArn"]), outputs: {} };
  },
};
