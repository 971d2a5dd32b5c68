import { HopChain, strictTransport } from "../hops";
import { map } from "./map";
import { Directive, directive } from "./tree";

/** A header that every answer carries once. An app that sets it itself knows better, unless the value is ours to say. */
export interface AnswerHeader {
  readonly name: string;
  readonly value: string;
  /** The app's own value is passed on in place of ours. */
  readonly appDecides: boolean;
}

/** The headers that are safe for any app. A content security policy is not: it has to know the app. */
export const answerHeaders: readonly AnswerHeader[] = [
  { name: "X-Content-Type-Options", value: "nosniff", appDecides: false },
  { name: "X-Frame-Options", value: "SAMEORIGIN", appDecides: true },
  { name: "Referrer-Policy", value: "strict-origin-when-cross-origin", appDecides: true },
  {
    name: "Permissions-Policy",
    value: "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    appDecides: true,
  },
];

/** Headers that tell attackers what to try. */
export const telling = ["X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Redirect-By", "X-Generator"];

export const strictTransportName = "Strict-Transport-Security";

/**
 * Headers of apps that are not passed on: those that nginx says itself, and those that tell what the app runs on. An app's
 * `Server` is never passed on by nginx.
 */
export function hiddenHeaders(): Directive[] {
  const own = answerHeaders.map((header) => header.name);
  return [...own, strictTransportName, ...telling].map((name) => directive("proxy_hide_header", name));
}

/** Maps on which `securityHeaders` relies: the app's own value where it has one. */
export function answerHeaderMaps(): Directive[] {
  return answerHeaders
    .filter((header) => header.appDecides)
    .map(({ name, value }) => {
      const own = variableName(name);
      return map({ token: `$upstream_http_${own}` }, `say_${own}`, [["", value]], { token: `$upstream_http_${own}` });
    });
}

/** The security headers of a domain, on answers of any status. */
export function securityHeaders(domain: string, hops: HopChain): Directive[] {
  const strict = strictTransport(domain, hops);
  return [
    ...answerHeaders.map(({ name, value, appDecides }) =>
      directive("add_header", name, appDecides ? { token: `$say_${variableName(name)}` } : value, "always"),
    ),
    ...(strict === null ? [] : [directive("add_header", strictTransportName, strict, "always")]),
  ];
}

/** nginx's variable for a header: `X-Frame-Options` is `x_frame_options`. */
function variableName(header: string): string {
  return header.toLowerCase().replaceAll("-", "_");
}
