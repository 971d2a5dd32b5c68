import type { Property, PropertyTable } from "../../table";
import { document, integer, object, objects, required, text, texts } from "../properties";

/** Conditions inside of conditions, to any depth, are taken as they are. */
const documents: Property = { type: { list: "any" } };
const integers: Property = { type: { list: "integer" } };

export const named: PropertyTable = { name: required(text) };

const conditions: PropertyTable = { statements: documents };

export const forwardedIpConfig: PropertyTable = { fallbackBehavior: required(text), headerName: required(text) };

const asnMatch: PropertyTable = { asnLists: required(integers), forwardedIpConfig: object(forwardedIpConfig) };

export const fallback: PropertyTable = { fallbackBehavior: required(text) };

const fieldToMatch: PropertyTable = {
  allQueryArguments: object({}),
  body: object({ oversizeHandling: text }),
  cookies: object({
    matchPatterns: objects({ all: object({}), excludedCookies: texts, includedCookies: texts }),
    matchScope: required(text),
    oversizeHandling: required(text),
  }),
  headerOrders: objects({ oversizeHandling: required(text) }),
  headers: objects({
    matchPattern: object({ all: object({}), excludedHeaders: texts, includedHeaders: texts }),
    matchScope: required(text),
    oversizeHandling: required(text),
  }),
  ja3Fingerprint: object(fallback),
  ja4Fingerprint: object(fallback),
  jsonBody: object({
    invalidFallbackBehavior: text,
    matchPattern: object({ all: object({}), includedPaths: texts }),
    matchScope: required(text),
    oversizeHandling: text,
  }),
  method: object({}),
  queryString: object({}),
  singleHeader: object(named),
  singleQueryArgument: object(named),
  uriFragment: object({ fallbackBehavior: text }),
  uriPath: object({}),
};

export const textTransformation: PropertyTable = { priority: required(integer), type: required(text) };

const byteMatch: PropertyTable = {
  fieldToMatch: object(fieldToMatch),
  positionalConstraint: required(text),
  searchString: required(text),
  textTransformations: objects(textTransformation),
};

const geoMatch: PropertyTable = { countryCodes: required(texts), forwardedIpConfig: object(forwardedIpConfig) };

const ipSetReference: PropertyTable = {
  arn: required(text),
  ipSetForwardedIpConfig: object({
    fallbackBehavior: required(text),
    headerName: required(text),
    position: required(text),
  }),
};

const labelMatch: PropertyTable = { key: required(text), scope: required(text) };

const condition: PropertyTable = { statement: document };

const regexMatch: PropertyTable = {
  fieldToMatch: object(fieldToMatch),
  regexString: required(text),
  textTransformations: objects(textTransformation),
};

const regexPatternSetReference: PropertyTable = {
  arn: required(text),
  fieldToMatch: object(fieldToMatch),
  textTransformations: objects(textTransformation),
};

const sizeConstraint: PropertyTable = {
  comparisonOperator: required(text),
  fieldToMatch: object(fieldToMatch),
  size: required(integer),
  textTransformations: objects(textTransformation),
};

const sqliMatch: PropertyTable = {
  fieldToMatch: object(fieldToMatch),
  sensitivityLevel: text,
  textTransformations: objects(textTransformation),
};

const xssMatch: PropertyTable = {
  fieldToMatch: object(fieldToMatch),
  textTransformations: objects(textTransformation),
};

/** What a request can be held against. */
export const matches: PropertyTable = {
  andStatement: object(conditions),
  asnMatchStatement: object(asnMatch),
  byteMatchStatement: object(byteMatch),
  geoMatchStatement: object(geoMatch),
  ipSetReferenceStatement: object(ipSetReference),
  labelMatchStatement: object(labelMatch),
  notStatement: object(condition),
  orStatement: object(conditions),
  regexMatchStatement: object(regexMatch),
  regexPatternSetReferenceStatement: object(regexPatternSetReference),
  sizeConstraintStatement: object(sizeConstraint),
  sqliMatchStatement: object(sqliMatch),
  xssMatchStatement: object(xssMatch),
};
