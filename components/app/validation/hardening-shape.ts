import { Cors } from "../route/cors";
import { Limits } from "../route/limits";
import { HttpMethod } from "../route/methods";
import {
  ContentSecurityPolicy,
  ReferrerPolicy,
  ResourcePolicy,
  Security,
  SecurityPreset,
  ServedFiles,
  ServerHeader,
  StrictTransport,
  XssProtection,
} from "../route/security";
import { boolean, choice, list, number, object, text, texts } from "./shape";

/** The shape of a route's `methods`. */
export const methodsShape = list(choice(HttpMethod));

/** The shape of a route's `limits`. */
export const limitsShape = object<Limits>(
  { requestsPerSecond: number, requestsPerMinute: number, burst: number, connections: number },
  [],
);

/** The shape of a route's `cors`. */
export const corsShape = object<Cors>(
  {
    origins: list(text),
    credentials: boolean,
    methods: methodsShape,
    requestHeaders: list(text),
    exposeHeaders: list(text),
    maxAgeSeconds: number,
  },
  ["origins"],
);

/** The shape of a route's `security`. */
export const securityShape = object<Security>(
  {
    preset: choice(SecurityPreset),
    files: choice(ServedFiles),
    allow: list(text),
    framedBy: list(text),
    xssProtection: choice(XssProtection),
    referrerPolicy: choice(ReferrerPolicy),
    permissionsPolicy: texts,
    contentSecurityPolicy: object<ContentSecurityPolicy>({ directives: texts, enforce: boolean, reportUri: text }, []),
    resourcePolicy: choice(ResourcePolicy),
    strictTransport: object<StrictTransport>({ seconds: number, includeSubDomains: boolean, preload: boolean }, []),
    server: choice(ServerHeader),
  },
  [],
);
