import type { Property, PropertyTable } from "../../table";
import { flag, object, objects, required, text, texts } from "../properties";

const integers: Property = { type: { list: "integer" } };

const identifiedMany: PropertyTable = { identifiers: required(texts) };

const identified: PropertyTable = { identifier: required(text) };

const responseInspection: PropertyTable = {
  bodyContains: object({ failureStrings: required(texts), successStrings: required(texts) }),
  header: object({ failureValues: required(texts), name: required(text), successValues: required(texts) }),
  json: object({ failureValues: required(texts), identifier: required(text), successValues: required(texts) }),
  statusCode: object({ failureCodes: required(integers), successCodes: required(integers) }),
};

/** What some groups of rules of AWS are told. */
export const managedRuleGroupConfigs: PropertyTable = {
  awsManagedRulesAcfpRuleSet: object({
    creationPath: required(text),
    enableRegexInPath: flag,
    registrationPagePath: required(text),
    requestInspection: object({
      addressFields: object(identifiedMany),
      emailField: object(identified),
      passwordField: object(identified),
      payloadType: required(text),
      phoneNumberFields: object(identifiedMany),
      usernameField: object(identified),
    }),
    responseInspection: object(responseInspection),
  }),
  awsManagedRulesAntiDdosRuleSet: object({
    clientSideActionConfig: object({
      challenge: object({
        exemptUriRegularExpressions: objects({ regexString: text }),
        sensitivity: text,
        usageOfAction: required(text),
      }),
    }),
    sensitivityToBlock: text,
  }),
  awsManagedRulesAtpRuleSet: object({
    enableRegexInPath: flag,
    loginPath: required(text),
    requestInspection: object({
      passwordField: object(identified),
      payloadType: required(text),
      usernameField: object(identified),
    }),
    responseInspection: object(responseInspection),
  }),
  awsManagedRulesBotControlRuleSet: object({ enableMachineLearning: flag, inspectionLevel: required(text) }),
  loginPath: text,
  passwordField: object(identified),
  payloadType: text,
  usernameField: object(identified),
};
