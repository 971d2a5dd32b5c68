import type { Definition } from "../definition";
import { arn, newHex, newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { forceNew } from "../replacement";
import { behaviour } from "./behaviour-table";
import { origin } from "./origin-table";

/** The zone of all distributions' names (AWS General Reference, "Amazon CloudFront endpoints and quotas"). */
const zoneId = "Z2FDTNDATAQYW2";

/** `aws:cloudfront/distribution:Distribution`. Whether `anycastIpListId` replaces it could not be looked up. */
export const distribution: Definition = {
  table: {
    inputs: {
      aliases: texts,
      anycastIpListId: text,
      cacheTagConfig: object({ headerName: required(text) }),
      comment: text,
      connectionFunctionAssociation: object({ id: required(text) }),
      continuousDeploymentPolicyId: text,
      customErrorResponses: objects({
        errorCachingMinTtl: integer,
        errorCode: required(integer),
        responseCode: integer,
        responsePagePath: text,
      }),
      defaultCacheBehavior: required(object(behaviour)),
      defaultRootObject: text,
      enabled: required(flag),
      httpVersion: byDefault("http2", text),
      isIpv6Enabled: byDefault(false, flag),
      loggingConfig: object({ bucket: text, includeCookies: flag, prefix: text }),
      orderedCacheBehaviors: objects({ ...behaviour, pathPattern: required(text) }),
      originGroups: objects({
        failoverCriteria: required(object({ statusCodes: required({ type: { list: "integer" } }) })),
        members: required(objects({ originId: required(text) })),
        originId: required(text),
      }),
      origins: required(objects(origin)),
      priceClass: byDefault("PriceClass_All", text),
      restrictions: required(
        object({ geoRestriction: required(object({ locations: texts, restrictionType: required(text) })) }),
      ),
      retainOnDelete: byDefault(false, flag),
      staging: byDefault(false, flag),
      tags: textMap,
      viewerCertificate: required(
        object({
          acmCertificateArn: text,
          cloudfrontDefaultCertificate: flag,
          iamCertificateId: text,
          minimumProtocolVersion: text,
          sslSupportMethod: text,
        }),
      ),
      viewerMtlsConfig: object({
        mode: text,
        trustStoreConfig: object({
          advertiseTrustStoreCaNames: flag,
          ignoreCertificateExpiry: flag,
          trustStoreId: required(text),
        }),
      }),
      waitForDeployment: byDefault(true, flag),
      webAclId: text,
    },
    outputs: {
      arn: computed(text),
      callerReference: computed(text),
      domainName: computed(text),
      etag: computed(text),
      hostedZoneId: computed(text),
      inProgressValidationBatches: computed(integer),
      lastModifiedTime: computed(text),
      loggingV1Enabled: computed(flag),
      status: computed(text),
      tagsAll: computed(textMap),
      trustedKeyGroups: computed(objects({})),
      trustedSigners: computed(objects({})),
    },
    filledIn: ["continuousDeploymentPolicyId"],
  },
  replacement: forceNew("internal/service/cloudfront/distribution.go", "staging"),
  sets: ["aliases", "customErrorResponses", "originGroups", "origins"],

  create(inputs, { account }) {
    const id = `E${newHex(13).toUpperCase()}`;
    const outputs = {
      arn: arn("cloudfront", `distribution/${id}`, account),
      callerReference: newUuid(),
      continuousDeploymentPolicyId: "",
      domainName: `d${newHex(13)}.cloudfront.net`,
      etag: `E${newHex(13).toUpperCase()}`,
      hostedZoneId: zoneId,
      inProgressValidationBatches: 0,
      lastModifiedTime: new Date().toISOString(),
      loggingV1Enabled: (inputs["loggingConfig"] ?? null) !== null,
      status: inputs["waitForDeployment"] === false ? "InProgress" : "Deployed",
      trustedKeyGroups: [{ enabled: false, items: [] }],
      trustedSigners: [{ enabled: false, items: [] }],
    };
    return { id, outputs };
  },
};
