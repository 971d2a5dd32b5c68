import type { PropertyTable } from "../../table";
import { flag, integer, object, objects, required, text, texts } from "../properties";

/** Where a distribution gets its answers from. */
export const origin: PropertyTable = {
  connectionAttempts: integer,
  connectionTimeout: integer,
  customHeaders: objects({ name: required(text), value: required(text) }),
  customOriginConfig: object({
    httpPort: required(integer),
    httpsPort: required(integer),
    ipAddressType: text,
    originKeepaliveTimeout: integer,
    originMtlsConfig: object({ clientCertificateArn: required(text) }),
    originProtocolPolicy: required(text),
    originReadTimeout: integer,
    originSslProtocols: required(texts),
  }),
  domainName: required(text),
  originAccessControlId: text,
  originId: required(text),
  originPath: text,
  originShield: object({ enabled: required(flag), originShieldRegion: text }),
  responseCompletionTimeout: integer,
  s3OriginConfig: object({ originAccessIdentity: required(text) }),
  vpcOriginConfig: object({
    originKeepaliveTimeout: integer,
    originReadTimeout: integer,
    ownerAccountId: text,
    vpcOriginId: required(text),
  }),
};
