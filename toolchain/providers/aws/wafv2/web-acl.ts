import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";
import type { PropertyTable } from "../../table";
import { header, immunity, response, rule, visibilityConfig } from "./rule-table";

const bodyLimit: PropertyTable = { defaultSizeInspectionLimit: required(text) };

/** `aws:wafv2/webAcl:WebAcl`: rules that requests are held against before they are let in. */
export const webAcl: Definition = {
  table: {
    inputs: {
      associationConfig: object({
        requestBodies: objects({
          apiGateway: object(bodyLimit),
          appRunnerService: object(bodyLimit),
          cloudfront: object(bodyLimit),
          cognitoUserPool: object(bodyLimit),
          verifiedAccessInstance: object(bodyLimit),
        }),
      }),
      captchaConfig: object(immunity),
      challengeConfig: object(immunity),
      customResponseBodies: objects({ content: required(text), contentType: required(text), key: required(text) }),
      dataProtectionConfig: object({
        dataProtections: objects({
          action: required(text),
          excludeRateBasedDetails: flag,
          excludeRuleMatchDetails: flag,
          field: required(object({ fieldKeys: texts, fieldType: required(text) })),
        }),
      }),
      defaultAction: required(
        object({
          allow: object({ customRequestHandling: object({ insertHeaders: required(objects(header)) }) }),
          block: object(response),
        }),
      ),
      description: text,
      name: text,
      namePrefix: text,
      region: text,
      ruleJson: text,
      rules: objects(rule),
      scope: required(text),
      tags: textMap,
      tokenDomains: texts,
      visibilityConfig: required(object(visibilityConfig)),
    },
    outputs: {
      applicationIntegrationUrl: computed(text),
      arn: computed(text),
      capacity: computed(integer),
      lockToken: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: ["name", "namePrefix", "region"],
  },
  replacement: [...forceNew("internal/service/wafv2/web_acl.go", "name", "namePrefix", "scope"), byRegion],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 128 },
  sets: ["rules", "tokenDomains"],
  documents: ["ruleJson"],

  create(inputs, { account, region }) {
    const id = newUuid();
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
    const outputs = {
      applicationIntegrationUrl: "",
      arn: arn("wafv2", `${scope}/webacl/${name}/${id}`, account, region),
      // AWS counts; what is simulated does not.
      capacity: 0,
      lockToken: newUuid(),
      name,
      namePrefix: "",
    };
    return { id, outputs };
  },
};
