import { flag, integer, object, objects, required, text, textMap, texts } from "../properties";

/** What listeners and rules do with a request. */
export const actions = required(
  objects({
    authenticateCognito: object({
      authenticationRequestExtraParams: textMap,
      onUnauthenticatedRequest: text,
      scope: text,
      sessionCookieName: text,
      sessionTimeout: integer,
      userPoolArn: required(text),
      userPoolClientId: required(text),
      userPoolDomain: required(text),
    }),
    authenticateOidc: object({
      authenticationRequestExtraParams: textMap,
      authorizationEndpoint: required(text),
      clientId: required(text),
      clientSecret: required(text),
      issuer: required(text),
      onUnauthenticatedRequest: text,
      scope: text,
      sessionCookieName: text,
      sessionTimeout: integer,
      tokenEndpoint: required(text),
      userInfoEndpoint: required(text),
    }),
    fixedResponse: object({ contentType: required(text), messageBody: text, statusCode: text }),
    forward: object({
      stickiness: object({ duration: required(integer), enabled: flag }),
      targetGroups: required(objects({ arn: required(text), weight: integer })),
    }),
    jwtValidation: object({
      additionalClaims: objects({ format: required(text), name: required(text), values: required(texts) }),
      issuer: required(text),
      jwksEndpoint: required(text),
    }),
    order: integer,
    redirect: object({
      host: text,
      path: text,
      port: text,
      protocol: text,
      query: text,
      statusCode: required(text),
    }),
    targetGroupArn: text,
    type: required(text),
  }),
);
