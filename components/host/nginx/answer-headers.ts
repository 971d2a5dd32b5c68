import { Route } from "../../app/route/route";
import { Security, SecurityPreset, ServerHeader } from "../../app/route/security";
import {
  AnswerHeader,
  Beside,
  isSaidByPreset,
  presetHeaders,
  saidHeaders,
  saidTransport,
  strictTransportName,
  telling,
  usualHeaders,
} from "../answer-policy";
import { corsHeaderNames } from "../cors-headers";
import { HopChain, strictTransport } from "../hops";
import { map } from "./map";
import { Directive, directive } from "./tree";

/** Headers of every app that are not passed on: those that nginx says itself, and those that tell what the app runs on. */
const alwaysHidden = [...usualHeaders.map(({ name }) => name), strictTransportName, ...telling];

/** The directives for these headers. An app's `Server` is never passed on by nginx unless a route says so. */
export function hiddenHeaders(): Directive[] {
  return alwaysHidden.map((name) => directive("proxy_hide_header", name));
}

/**
 * Which headers of a route's app are passed on. nginx inherits `proxy_hide_header` only where a location has none of its own,
 * so a location that hides more repeats all.
 */
export function routeHiddenHeaders({ security = {}, cors }: Route): Directive[] {
  const replaced = saidHeaders(security).filter(({ beside }) => beside === Beside.Replaced);
  const more = [...replaced.map(({ name }) => name), ...(cors ? corsHeaderNames : [])].filter(
    (name) => !alwaysHidden.includes(name),
  );
  return [
    ...(more.length === 0
      ? []
      : [...alwaysHidden, ...new Set(more)].map((name) => directive("proxy_hide_header", name))),
    ...(security.server === ServerHeader.App ? [directive("proxy_pass_header", "Server")] : []),
  ];
}

/** Maps on which `securityHeaders` and `routeHeaders` rely: what the app says where it says something. */
export function answerHeaderMaps(routes: readonly Route[]): Directive[] {
  const presets = Object.values(SecurityPreset).filter((preset) =>
    routes.some(({ security }) => security?.preset === preset),
  );
  return [
    ...usualHeaders.filter(({ beside }) => beside === Beside.AppDecides).map((header) => decisionMap(header)),
    ...presets.flatMap((preset) =>
      presetHeaders(preset)
        .filter((header) =>
          routes.some(({ security = {} }) => security.preset === preset && isSaidByPreset(header, security)),
        )
        .map((header) => decisionMap(header, preset)),
    ),
  ];
}

/** What of the app's is hidden is said again by the map; what is not hidden passes by itself. */
function decisionMap(header: AnswerHeader, preset?: SecurityPreset): Directive {
  const own = { token: `$upstream_http_${variableName(header.name)}` };
  const otherwise = alwaysHidden.includes(header.name) ? own : "";
  return map(own, decisionVariable(header, preset), [["", header.value]], otherwise);
}

/** The security headers of a domain, on answers of any status. */
export function securityHeaders(domain: string, hops: HopChain, routes: readonly Route[] = []): Directive[] {
  const strict = strictTransport(domain, hops, saidTransport(routes));
  return [
    ...usualHeaders.map((header) => addHeader(header)),
    ...(strict === null ? [] : [directive("add_header", strictTransportName, strict, "always")]),
  ];
}

/** The headers of a route that are other than its domain's. */
export function routeHeaders(security: Security = {}): Directive[] {
  const { preset = SecurityPreset.Usual } = security;
  return [
    ...presetHeaders(preset)
      .filter((header) => isSaidByPreset(header, security))
      .map((header) => addHeader(header, preset)),
    ...saidHeaders(security).map((header) => addHeader(header)),
  ];
}

function addHeader(header: AnswerHeader, preset?: SecurityPreset): Directive {
  const value = header.beside === Beside.AppDecides ? { token: `$${decisionVariable(header, preset)}` } : header.value;
  return directive("add_header", header.name, value, "always");
}

/** A preset may say two policies, and each directive of them is in one alone. */
function decisionVariable({ name, value }: AnswerHeader, preset?: SecurityPreset): string {
  const what = /^frame-ancestors /.test(value) ? "frame_ancestors" : variableName(name);
  return `say_${what}${preset === undefined ? "" : `_${preset}`}`;
}

/** nginx's variable for a header: `X-Frame-Options` is `x_frame_options`. */
function variableName(header: string): string {
  return header.toLowerCase().replaceAll("-", "_");
}
