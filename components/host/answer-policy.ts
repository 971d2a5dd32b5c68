import { Route } from "../app/route/route";
import {
  ContentSecurityPolicy,
  ReferrerPolicy,
  Security,
  SecurityPreset,
  StrictTransport,
  XssProtection,
} from "../app/route/security";

/** What becomes of the app's own header of the same name. */
export const Beside = {
  /** It is passed on in place of ours: the app knows better than a preset. */
  AppDecides: "app-decides",
  /** It is not passed on: the route says what holds. */
  Replaced: "replaced",
  /** Both are said, and browsers keep to both. */
  Both: "both",
} as const;
export type Beside = (typeof Beside)[keyof typeof Beside];

/** A header that every answer of a route carries. */
export interface AnswerHeader {
  readonly name: string;
  /** Empty where nothing is to be said. */
  readonly value: string;
  readonly beside: Beside;
}

/** Headers of apps that tell attackers what to try. */
export const telling = ["X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Redirect-By", "X-Generator"];

export const strictTransportName = "Strict-Transport-Security";

/** What one of a name's routes says of its transport, which holds for all of them. */
export const saidTransport = (routes: readonly Route[]): StrictTransport | undefined =>
  routes.find(({ security }) => security?.strictTransport)?.security?.strictTransport;

const frameOptions = "X-Frame-Options";
const referrer = "Referrer-Policy";
const permissions = "Permissions-Policy";
const contentPolicy = "Content-Security-Policy";

/** Features of browsers that a page needs to be written for. */
const usualFeatures = ["browsing-topics", "camera", "geolocation", "microphone", "payment", "usb"];

/** All of them that the registry of Permissions Policy has and that reach beyond the page. */
const strictFeatures = [
  ...usualFeatures,
  ...["accelerometer", "bluetooth", "display-capture", "gyroscope", "hid", "idle-detection", "local-fonts"],
  ...["magnetometer", "midi", "screen-wake-lock", "serial", "window-management", "xr-spatial-tracking"],
];

/** The headers that are safe for any app. A content security policy is not: it has to know the app. */
export const usualHeaders: readonly AnswerHeader[] = [
  { name: "X-Content-Type-Options", value: "nosniff", beside: Beside.Replaced },
  { name: frameOptions, value: "SAMEORIGIN", beside: Beside.AppDecides },
  { name: referrer, value: ReferrerPolicy.StrictOriginWhenCrossOrigin, beside: Beside.AppDecides },
  { name: permissions, value: permissionsPolicy(usualFeatures), beside: Beside.AppDecides },
];

/** The route's own origin for what pages are made of, and nothing else. */
const strictDirectives: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "base-uri": "'none'",
  "connect-src": "'self'",
  "font-src": "'self'",
  "form-action": "'self'",
  "frame-src": "'self'",
  "img-src": "'self'",
  "manifest-src": "'self'",
  "media-src": "'self'",
  "script-src": "'self'",
  "style-src": "'self'",
  "worker-src": "'self'",
};

/** What the preset `Strict` says of frames, in a policy of its own. */
const strictFrames = "frame-ancestors 'none'";

/** The headers that a preset says beside the usual ones or in their place. */
export function presetHeaders(preset: SecurityPreset): AnswerHeader[] {
  const header = (name: string, value: string): AnswerHeader => ({ name, value, beside: Beside.AppDecides });
  switch (preset) {
    case SecurityPreset.Gramex:
      return [header("X-XSS-Protection", XssProtection.Filter)];
    case SecurityPreset.Strict:
      return [
        header(frameOptions, "DENY"),
        header(referrer, ReferrerPolicy.SameOrigin),
        header(permissions, permissionsPolicy(strictFeatures)),
        header(contentPolicy, policy({})),
        header(contentPolicy, strictFrames),
        header("Cross-Origin-Opener-Policy", "same-origin"),
        header("Cross-Origin-Resource-Policy", "same-origin"),
      ];
    default:
      return [];
  }
}

/** The headers that a route says by properties of its own. */
export function saidHeaders(security: Security): AnswerHeader[] {
  const { preset, framedBy, xssProtection, referrerPolicy, permissionsPolicy: features, resourcePolicy } = security;
  const replaced = (name: string, value: string | undefined): AnswerHeader[] =>
    value === undefined ? [] : [{ name, value, beside: Beside.Replaced }];
  const strict = preset === SecurityPreset.Strict;
  return [
    ...(framedBy === undefined ? [] : frames(framedBy)),
    ...replaced(referrer, referrerPolicy),
    ...replaced(permissions, features && permissionsPolicy(strict ? strictFeatures : usualFeatures, features)),
    ...(security.contentSecurityPolicy ? contentHeader(security.contentSecurityPolicy, strict) : []),
    ...replaced("X-XSS-Protection", xssProtection),
    ...replaced("Cross-Origin-Resource-Policy", resourcePolicy),
  ];
}

/** The headers of a route that are other than the usual ones: those of its preset, then those that it says by itself. */
export function routeAnswerHeaders(security: Security): AnswerHeader[] {
  const preset = presetHeaders(security.preset ?? SecurityPreset.Usual);
  return [...preset.filter((header) => isSaidByPreset(header, security)), ...saidHeaders(security)];
}

/** Whether a header of the preset is said, where the route says some by itself. */
export function isSaidByPreset(header: AnswerHeader, security: Security): boolean {
  const { framedBy, contentSecurityPolicy } = security;
  if (header.name !== contentPolicy) return !saidHeaders(security).some(({ name }) => name === header.name);
  return header.value === strictFrames ? framedBy === undefined : contentSecurityPolicy === undefined;
}

/**
 * X-Frame-Options knows nobody and oneself only; the policy that knows others is one of its own, so that it holds beside
 * the app's and where the route's policy is only reported.
 */
function frames(framedBy: readonly string[]): AnswerHeader[] {
  const others = framedBy.filter((who) => who !== "self");
  const option = framedBy.length === 0 ? "DENY" : others.length === 0 ? "SAMEORIGIN" : "";
  const sources = framedBy.length === 0 ? ["'none'"] : framedBy.map((who) => (who === "self" ? "'self'" : who));
  return [
    { name: frameOptions, value: option, beside: Beside.Replaced },
    ...(framedBy.includes("*")
      ? []
      : [{ name: contentPolicy, value: `frame-ancestors ${sources.join(" ")}`, beside: Beside.Both }]),
  ];
}

function contentHeader(said: ContentSecurityPolicy, strict: boolean): AnswerHeader[] {
  const name = (said.enforce ?? strict) ? contentPolicy : `${contentPolicy}-Report-Only`;
  return [{ name, value: policy(said), beside: Beside.Replaced }];
}

function policy({ directives, reportUri }: ContentSecurityPolicy): string {
  const all = { ...strictDirectives, ...directives, ...(reportUri === undefined ? {} : { "report-uri": reportUri }) };
  return Object.entries(all)
    .map(([name, sources]) => [name, ...words(sources)].join(" "))
    .join("; ");
}

/** Who may use which feature, in the words of structured headers (RFC 9651). */
function permissionsPolicy(features: readonly string[], said: Readonly<Record<string, string>> = {}): string {
  const names = [...new Set([...features, ...Object.keys(said)])].sort();
  return names.map((name) => `${name}=${allowed(words(said[name] ?? ""))}`).join(", ");
}

function allowed(who: readonly string[]): string {
  if (who.includes("*")) return "*";
  return `(${who.map((one) => (one === "self" ? one : JSON.stringify(one))).join(" ")})`;
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
