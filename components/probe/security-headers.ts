import { Security, ServerHeader } from "../app/route/security";
import { AnswerHeader, Beside, routeAnswerHeaders, usualHeaders } from "../host/answer-policy";
import { Ask, ProbeAnswer, ProbeRequest } from "./ask";
import { Finding } from "./finding";

/** What an answer is held against. */
export interface ExpectedHeaders {
  /** What the route says. @default the usual headers */
  security?: Security;
  /** Value of `Strict-Transport-Security`, null for none. @default it is not looked at */
  strictTransport?: string | null;
  /** What is sent. @default a GET */
  request?: ProbeRequest;
}

/** Headers that tell attackers what an app runs on. */
const telling = ["x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-redirect-by", "x-generator"];

/** Where browsers take one value only: a second one makes them ignore both, or take the worse. */
const single = [...usualHeaders.map(({ name }) => name), "Strict-Transport-Security"];

/**
 * Asks once and says which security headers are missing, are there twice or are other than the route says, and what the answer
 * tells of the programs behind it. Where the app's own value may take the place of a preset's, any value will do.
 */
export async function probeSecurityHeaders(ask: Ask, url: string, expected: ExpectedHeaders = {}): Promise<Finding[]> {
  const { security = {}, strictTransport } = expected;
  const answer = await ask(url, expected.request);
  const findings: Finding[] = [];
  const add = (reason: string, fix: string): unknown => findings.push({ url, reason, fix });
  const valuesOf = (name: string): string[] => answer.headers[name.toLowerCase()] ?? [];

  for (const { name, value, beside } of headersOf(security)) {
    const values = valuesOf(name);
    const ours = values.includes(value);
    if (value === "" && values.length > 0) add(`says ${name}: ${values.join(", ")}, which nobody is to say`, "hide it");
    else if (value !== "" && values.length === 0) add(`says no ${name}`, `let the web server say "${value}"`);
    else if (value !== "" && !ours && beside !== Beside.AppDecides)
      add(`says ${name}: ${values.join(", ")}`, `let the web server say "${value}", and no other`);
  }
  for (const name of single)
    if (valuesOf(name).length > 1) add(`says ${name} ${valuesOf(name).length} times`, "let one layer say it");
  if (strictTransport !== undefined)
    findings.push(...transport(url, valuesOf("Strict-Transport-Security"), strictTransport));
  for (const name of telling)
    if (valuesOf(name).length > 0) add(`tells ${name}: ${valuesOf(name).join(", ")}`, "hide it");
  return [...findings, ...serverName(url, answer, security)];
}

function transport(url: string, values: readonly string[], expected: string | null): Finding[] {
  if (values.join() === (expected ?? "")) return [];
  const said =
    values.length === 0 ? "says no Strict-Transport-Security" : `says Strict-Transport-Security: ${values.join()}`;
  return [{ url, reason: said, fix: expected === null ? "leave it out" : `say "${expected}"` }];
}

/** A version tells which holes are open. An app that is let through may say what it likes. */
function serverName(url: string, answer: ProbeAnswer, { server }: Security): Finding[] {
  const values = answer.headers["server"] ?? [];
  if (server === ServerHeader.App || !values.some((value) => /\d/.test(value))) return [];
  return [{ url, reason: `tells Server: ${values.join(", ")}`, fix: "leave the version out" }];
}

/** The headers of a route: the usual ones, those of its preset in their place, and those that it says itself. */
function headersOf(security: Security): AnswerHeader[] {
  const own = routeAnswerHeaders(security);
  return [...usualHeaders.filter(({ name }) => !own.some((header) => header.name === name)), ...own];
}
