import { Ask, ProbeAnswer, ProbeRequest } from "./ask";
import { Finding } from "./finding";

/** How somebody who is logged in says so, unless it is said otherwise. */
const usualLogins: readonly Record<string, string>[] = [
  { Cookie: "landfall-probe=1" },
  { Authorization: "Basic bGFuZGZhbGw6cHJvYmU=" },
];

/** What may be said of those who are asked for. */
export interface PrivateAnswers {
  /** Headers of somebody who is logged in; one set after the other is sent. @default a cookie, and a password */
  logins?: readonly Record<string, string>[];
  /** What is sent besides. @default a GET */
  request?: ProbeRequest;
}

/**
 * Asks as somebody who is logged in, and says which answers a cache that many share, such as a CDN, may keep and give to others
 * (RFC 9111, section 3), or has given already. An answer that sets a cookie is for one browser, too, whoever asks.
 *
 * @param url an address that answers GET
 */
export async function probePrivateAnswers(ask: Ask, url: string, expected: PrivateAnswers = {}): Promise<Finding[]> {
  const { logins = usualLogins, request = {} } = expected;
  const findings: Finding[] = [];
  for (const login of logins) {
    const answer = await ask(url, { ...request, headers: { ...request.headers, ...login } });
    findings.push(...kept(url, `the answer to ${Object.keys(login).join(" and ")}`, answer));
  }
  const anybody = await ask(url, request);
  if (anybody.headers["set-cookie"] !== undefined) findings.push(...kept(url, "an answer that sets a cookie", anybody));
  return findings;
}

/**
 * Errors are kept by nobody unless they say so. That answers to passwords are not kept without a word (section 3.5) is nothing to
 * rely on: a CDN keeps what it is told to.
 */
function kept(url: string, what: string, answer: ProbeAnswer): Finding[] {
  const said = (answer.headers["cache-control"] ?? []).join(", ");
  const words = said.toLowerCase().split(/[\s,]+/);
  const has = (...names: string[]): boolean => names.some((name) => words.some((word) => word.split("=")[0] === name));
  const shared = has("public", "s-maxage");
  const closed = words.includes("private") || words.includes("no-store");
  const age = answer.headers["age"];
  const fix = 'say "private" or "no-store" in its Cache-Control, as a route\'s "freshness" does';
  return [
    ...(shared || (!closed && answer.status < 400)
      ? [{ url, reason: `lets shared caches keep ${what}: ${said === "" ? "no Cache-Control" : said}`, fix }]
      : []),
    ...(age === undefined
      ? []
      : [
          {
            url,
            reason: `has ${what} from a cache, for ${age.join(", ")} s`,
            fix: "have the cache ask for each of them",
          },
        ]),
  ];
}
