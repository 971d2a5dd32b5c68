import { Cors } from "../app/route/cors";
import { HttpMethod } from "../app/route/methods";
import { Ask, ProbeAnswer } from "./ask";
import { Finding } from "./finding";

/** What is no origin of a route, however much it looks like one. */
const strangers = (origin: string): string[] => [
  "https://unlisted.example.net",
  "null",
  `${origin}.evil.example.net`,
  `${origin}.`,
  `${origin}:1`,
  origin.replace(/:\/\//, "://x"),
  origin.replace(/:\/\//, "://x."),
  origin.replaceAll(".", "x"),
  origin.replace(/^https:/, "http:"),
  `${origin}@evil.example.net`,
  `${origin} https://evil.example.net`,
];

/**
 * Asks as browsers do for pages of each origin, listed or not, beforehand and for the answer itself, and says where the answers
 * are other than the route says.
 *
 * @param url an address of the route that answers GET
 */
export async function probeCors(ask: Ask, url: string, cors: Cors): Promise<Finding[]> {
  const open = cors.origins.includes("*");
  const listed = open ? ["https://anybody.example.net"] : cors.origins;
  const others = open
    ? []
    : [...new Set(cors.origins.flatMap(strangers))].filter((name) => !cors.origins.includes(name));
  const findings: Finding[] = [];
  for (const origin of listed) {
    const answer = await ask(url, { headers: { Origin: origin } });
    findings.push(...allowed(url, origin, answer, cors));
    findings.push(...(await preflight(ask, url, origin, cors)));
  }
  for (const origin of others) {
    findings.push(...refused(url, origin, await ask(url, { headers: { Origin: origin } })));
    findings.push(...refused(url, origin, await askBefore(ask, url, origin, cors)));
  }
  const without = await ask(url);
  if (!open) findings.push(...vary(url, "without an Origin", without));
  return findings;
}

const fix = 'let the web server alone say it, as the route\'s "cors" has it';
const one = (answer: ProbeAnswer, name: string): string => (answer.headers[name] ?? []).join(" | ");

function askBefore(ask: Ask, url: string, origin: string, { methods }: Cors): Promise<ProbeAnswer> {
  const headers = { Origin: origin, "Access-Control-Request-Method": methods?.[0] ?? HttpMethod.Post };
  return ask(url, { method: HttpMethod.Options, headers });
}

function allowed(url: string, origin: string, answer: ProbeAnswer, cors: Cors): Finding[] {
  const open = cors.origins.includes("*");
  const expected: [string, string][] = [
    ["access-control-allow-origin", open ? "*" : origin],
    ["access-control-allow-credentials", cors.credentials ? "true" : ""],
    ["access-control-expose-headers", (cors.exposeHeaders ?? []).join(", ")],
  ];
  return [...held(url, origin, answer, expected), ...(open ? [] : vary(url, `to ${origin}`, answer))];
}

async function preflight(ask: Ask, url: string, origin: string, cors: Cors): Promise<Finding[]> {
  const answer = await askBefore(ask, url, origin, cors);
  const findings = held(url, `${origin} beforehand`, answer, [
    ["access-control-allow-origin", cors.origins.includes("*") ? "*" : origin],
    ["access-control-allow-credentials", cors.credentials ? "true" : ""],
    ["access-control-allow-headers", (cors.requestHeaders ?? []).join(", ")],
    ["access-control-max-age", String(cors.maxAgeSeconds ?? 600)],
  ]);
  if (answer.status < 200 || answer.status > 299)
    findings.push({ url, reason: `answers ${answer.status} to ${origin} beforehand`, fix: "answer OPTIONS with 204" });
  const methods = one(answer, "access-control-allow-methods").split(", ");
  const missing = (cors.methods ?? [HttpMethod.Get]).filter((method) => !methods.includes(method));
  if (missing.length > 0) findings.push({ url, reason: `does not allow ${missing.join(", ")} to ${origin}`, fix });
  return findings;
}

function held(url: string, whom: string, answer: ProbeAnswer, expected: readonly [string, string][]): Finding[] {
  return expected
    .filter(([name, value]) => one(answer, name) !== value)
    .map(([name, value]) => ({
      url,
      reason: `says ${name}: ${one(answer, name) || "nothing"} to ${whom}, not ${value || "nothing"}`,
      fix,
    }));
}

function refused(url: string, origin: string, answer: ProbeAnswer): Finding[] {
  const names = ["access-control-allow-origin", "access-control-allow-credentials"];
  return [
    ...names
      .filter((name) => answer.headers[name] !== undefined)
      .map((name) => ({ url, reason: `says ${name}: ${one(answer, name)} to ${origin}, which is not listed`, fix })),
    ...vary(url, `to ${origin}`, answer),
  ];
}

/** A cache on the way would hand the answer for one origin to another. */
function vary(url: string, what: string, answer: ProbeAnswer): Finding[] {
  const names = (answer.headers["vary"] ?? []).flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  return names.includes("origin")
    ? []
    : [{ url, reason: `says no Vary: Origin ${what}`, fix: "say it in every answer" }];
}
