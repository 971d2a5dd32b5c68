import type { PropertyTable } from "../../table";
import { flag, integer, object, objects, required, text, texts } from "../properties";

/** What a distribution does with requests. */
export const behaviour: PropertyTable = {
  allowedMethods: required(texts),
  cachePolicyId: text,
  cachedMethods: required(texts),
  compress: flag,
  defaultTtl: integer,
  fieldLevelEncryptionId: text,
  forwardedValues: object({
    cookies: required(object({ forward: required(text), whitelistedNames: texts })),
    headers: texts,
    queryString: required(flag),
    queryStringCacheKeys: texts,
  }),
  functionAssociations: objects({ eventType: required(text), functionArn: required(text) }),
  grpcConfig: object({ enabled: flag }),
  lambdaFunctionAssociations: objects({ eventType: required(text), includeBody: flag, lambdaArn: required(text) }),
  maxTtl: integer,
  minTtl: integer,
  originRequestPolicyId: text,
  realtimeLogConfigArn: text,
  responseHeadersPolicyId: text,
  smoothStreaming: flag,
  targetOriginId: required(text),
  trustedKeyGroups: texts,
  trustedSigners: texts,
  viewerProtocolPolicy: required(text),
};
