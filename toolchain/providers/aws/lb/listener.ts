import type { PropertyTable } from "../../table";
import type { Definition } from "../definition";
import { newHex } from "../identifiers";
import { computed, flag, integer, object, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";
import { actions } from "./action-table";

/** Headers that a listener renames, sets or leaves out. */
const headers = [
  "routingHttpRequestXAmznMtlsClientcertHeaderName",
  "routingHttpRequestXAmznMtlsClientcertIssuerHeaderName",
  "routingHttpRequestXAmznMtlsClientcertLeafHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSubjectHeaderName",
  "routingHttpRequestXAmznMtlsClientcertValidityHeaderName",
  "routingHttpRequestXAmznTlsCipherSuiteHeaderName",
  "routingHttpRequestXAmznTlsVersionHeaderName",
  "routingHttpResponseAccessControlAllowCredentialsHeaderValue",
  "routingHttpResponseAccessControlAllowHeadersHeaderValue",
  "routingHttpResponseAccessControlAllowMethodsHeaderValue",
  "routingHttpResponseAccessControlAllowOriginHeaderValue",
  "routingHttpResponseAccessControlExposeHeadersHeaderValue",
  "routingHttpResponseAccessControlMaxAgeHeaderValue",
  "routingHttpResponseContentSecurityPolicyHeaderValue",
  "routingHttpResponseStrictTransportSecurityHeaderValue",
  "routingHttpResponseXContentTypeOptionsHeaderValue",
  "routingHttpResponseXFrameOptionsHeaderValue",
] as const;

const headerInputs: PropertyTable = Object.fromEntries(headers.map((name) => [name, text]));

/** `aws:lb/listener:Listener`. */
export const listener: Definition = {
  table: {
    inputs: {
      alpnPolicy: text,
      certificateArn: text,
      defaultActions: actions,
      loadBalancerArn: required(text),
      mutualAuthentication: object({
        advertiseTrustStoreCaNames: text,
        ignoreClientCertificateExpiry: flag,
        mode: required(text),
        trustStoreArn: text,
      }),
      port: integer,
      protocol: text,
      region: text,
      ...headerInputs,
      routingHttpResponseServerEnabled: flag,
      sslPolicy: text,
      tags: textMap,
      tcpIdleTimeoutSeconds: integer,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: [
      "mutualAuthentication",
      "protocol",
      "region",
      ...headers,
      "routingHttpResponseServerEnabled",
      "sslPolicy",
      "tcpIdleTimeoutSeconds",
    ],
  },
  replacement: [...forceNew("internal/service/elbv2/listener.go", "loadBalancerArn"), byRegion],

  create(inputs) {
    const own = `${String(inputs["loadBalancerArn"]).replace(":loadbalancer/", ":listener/")}/${newHex(16)}`;
    const secure = ["HTTPS", "TLS"].includes(String(inputs["protocol"]));
    const outputs = {
      arn: own,
      mutualAuthentication: {},
      protocol: "HTTP",
      ...Object.fromEntries(headers.map((name) => [name, ""])),
      routingHttpResponseServerEnabled: true,
      sslPolicy: secure ? "ELBSecurityPolicy-2016-08" : "",
      tcpIdleTimeoutSeconds: 350,
    };
    return { id: own, outputs };
  },
};
