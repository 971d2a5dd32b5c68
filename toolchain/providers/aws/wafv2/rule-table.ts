import type { PropertyTable } from "../../table";
import { flag, integer, object, objects, required, text } from "../properties";
import { managedRuleGroupConfigs } from "./managed-rules-table";
import { fallback, forwardedIpConfig, matches, named, textTransformation } from "./match-table";

export const immunity: PropertyTable = { immunityTimeProperty: object({ immunityTime: integer }) };

export const header: PropertyTable = { name: required(text), value: required(text) };

export const response: PropertyTable = {
  customResponse: object({
    customResponseBodyKey: text,
    responseCode: required(integer),
    responseHeaders: objects(header),
  }),
};

const requestHandling: PropertyTable = { customRequestHandling: object({ insertHeaders: objects(header) }) };

const action: PropertyTable = {
  allow: object(requestHandling),
  block: object(response),
  captcha: object(requestHandling),
  challenge: object(requestHandling),
  count: object(requestHandling),
};

const ruleActionOverride: PropertyTable = { actionToUse: object(action), name: required(text) };

const transformedNamed: PropertyTable = { name: required(text), textTransformations: objects(textTransformation) };

const transformed: PropertyTable = { textTransformations: objects(textTransformation) };

const customKeys: PropertyTable = {
  asn: object({}),
  cookie: object(transformedNamed),
  forwardedIp: object({}),
  header: object(transformedNamed),
  httpMethod: object({}),
  ip: object({}),
  ja3Fingerprint: object(fallback),
  ja4Fingerprint: object(fallback),
  labelNamespace: object({ namespace: required(text) }),
  queryArgument: object(transformedNamed),
  queryString: object(transformed),
  uriPath: object(transformed),
};

const statement: PropertyTable = {
  ...matches,
  managedRuleGroupStatement: object({
    managedRuleGroupConfigs: objects(managedRuleGroupConfigs),
    name: required(text),
    ruleActionOverrides: objects(ruleActionOverride),
    scopeDownStatement: object(matches),
    vendorName: required(text),
    version: text,
  }),
  rateBasedStatement: object({
    aggregateKeyType: required(text),
    customKeys: objects(customKeys),
    evaluationWindowSec: integer,
    forwardedIpConfig: object(forwardedIpConfig),
    limit: required(integer),
    scopeDownStatement: object(matches),
  }),
  ruleGroupReferenceStatement: object({
    arn: required(text),
    excludedRules: objects(named),
    ruleActionOverrides: objects(ruleActionOverride),
  }),
};

export const visibilityConfig: PropertyTable = {
  cloudwatchMetricsEnabled: required(flag),
  metricName: required(text),
  sampledRequestsEnabled: required(flag),
};

/** What is done with which requests. */
export const rule: PropertyTable = {
  action: object(action),
  captchaConfig: object(immunity),
  challengeConfig: object(immunity),
  name: required(text),
  overrideAction: object({ count: object({}), none: object({}) }),
  priority: required(integer),
  ruleLabels: objects(named),
  statement: required(object(statement)),
  visibilityConfig: required(object(visibilityConfig)),
};
