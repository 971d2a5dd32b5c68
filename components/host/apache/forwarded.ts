import { authority, HopChain, proofHeaders, publicPort, publicScheme } from "../hops";
import { removedHeaders } from "../web-server/removed-headers";
import { clientHeader } from "./client-address";
import { literalFormat } from "./text";
import { apache, ApacheDirective, noted } from "./tree";

/** Path and query as the client wrote them, out of the first line of a request. */
export const requestLine = "^\\S+ (?:https?://[^/?\\s]*)?([!-~]*)(?=\\s|$)";

/** What an app is told about the client whatever its route is. Sections inherit it. */
export function requestHeaders(hops: HopChain): ApacheDirective[] {
  const set = (name: string, value: string | number): ApacheDirective => apache("RequestHeader", "set", name, value);
  return [
    apache("Include", removedHeadersFile),
    set("X-Real-IP", clientHeader(hops)),
    // What is before this hop was settled already, so the list starts with the client.
    set("X-Forwarded-For", clientHeader(hops)),
    set("X-Forwarded-Proto", "https"),
    set("X-Forwarded-Port", hops.publicHttpsPort),
    set("X-Scheme", "https"),
    set("X-Request-URI", "expr=%{THE_REQUEST}"),
    apache("RequestHeader", "edit", "X-Request-URI", `${requestLine}.*$`, "$1"),
    set("X-Request-ID", "%{UNIQUE_ID}e"),
    noted("what is said above is all that is said", apache("ProxyAddHeaders", "Off")),
  ];
}

/** What an app is told about the domain, and where that is reached in another way than most. */
export function hostHeaders(domain: string, hops: HopChain): ApacheDirective[] {
  const [host, scheme, port] = [authority(hops, domain), publicScheme(hops, domain), publicPort(hops, domain)];
  const set = (name: string, value: string | number): ApacheDirective => apache("RequestHeader", "set", name, value);
  return [
    apache("ProxyPreserveHost", "On"),
    set("Host", host),
    set("X-Forwarded-Host", host),
    ...(scheme === "https" ? [] : [set("X-Forwarded-Proto", scheme), set("X-Scheme", scheme)]),
    ...(port === hops.publicHttpsPort ? [] : [set("X-Forwarded-Port", port)]),
  ];
}

/** What an app is told about the prefix that was taken off. */
export function prefixHeader(prefix: string | null): ApacheDirective {
  return prefix === null
    ? apache("RequestHeader", "unset", "X-Forwarded-Prefix")
    : apache("RequestHeader", "set", "X-Forwarded-Prefix", literalFormat(prefix));
}

/** Part of the main file, relative to httpd's folder. */
export const removedHeadersFile = "removed-headers.conf";

/** Headers that we say, which a client must not say in another spelling. */
const said = [
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Port",
  "X-Forwarded-Prefix",
  "X-Forwarded-Proto",
  "X-Real-IP",
  "X-Request-ID",
  "X-Request-URI",
  "X-Scheme",
];

/** Names that programs take for variables of CGI, where they are the app's own business. */
const variables = ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "REMOTE_ADDR", "SERVER_NAME", "SERVER_PORT"];

/**
 * The headers that no client may set, and those by which hops prove themselves: no app is to know a proof. Apps that follow
 * WSGI or CGI read an underscore as a hyphen, and httpd, unlike nginx, passes names with underscores on.
 */
export function removeHeaders(hops: HopChain): ApacheDirective[] {
  const names = [...removedHeaders, ...proofHeaders(hops)];
  return [
    ...names.flatMap(spellings),
    ...said.flatMap((name) => spellings(name).slice(1)),
    ...variables.flatMap((name) => spellings(name.replaceAll("_", "-")).slice(1)),
  ].map((name) => apache("RequestHeader", "unset", name));
}

/** A name with each of its hyphens as it is, or an underscore; the name itself first. */
function spellings(name: string): string[] {
  const [first = "", ...rest] = name.split("-");
  return rest.reduce<string[]>(
    (found, part) => ["-", "_"].flatMap((sign) => found.map((one) => one + sign + part)),
    [first],
  );
}
