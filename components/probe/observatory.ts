import { Ask, ProbeAnswer } from "./ask";
import { ContentPolicy, readContentPolicy } from "./content-policy";

/** What a test of the HTTP Observatory found, and what it is worth. */
export interface ObservatoryTest {
  result: string;
  modifier: number;
}

/** A site by the rules of MDN's HTTP Observatory. */
export interface ObservatoryScore {
  /** 100 and more is A+. */
  score: number;
  tests: Record<string, ObservatoryTest>;
}

/** Bonuses count from this score on. */
const bonusFrom = 90;

/** Half a year, the least that Strict-Transport-Security is to say. */
const transportSeconds = 15_768_000;

/**
 * Scores a page by the published rules of MDN's HTTP Observatory (mdn/mdn-http-observatory, `src/grader/charts.js`, and
 * developer.mozilla.org, "HTTP Observatory: Tests and scoring", as of 2025). It begins with 100; penalties come off, and bonuses
 * are added to what is 90 or more. Left out is what needs the list of preloaded names, which can only add.
 *
 * @param url address of a page by `https`
 * @param plainUrl the same page by `http`
 */
export async function observatoryScore(ask: Ask, url: string, plainUrl: string): Promise<ObservatoryScore> {
  const page = await ask(url, { headers: { Origin: "https://observatory.example.net" } });
  const plain = await ask(plainUrl);
  const policy = readContentPolicy(page.headers["content-security-policy"] ?? []);
  const tests: Record<string, ObservatoryTest> = {
    "content-security-policy": contentPolicy(policy),
    cookies: cookies(page),
    "cross-origin-resource-policy": resourcePolicy(page),
    "cross-origin-resource-sharing": resourceSharing(page),
    redirection: redirection(plain, url),
    "referrer-policy": referrer(page),
    "strict-transport-security": strictTransport(page),
    "subresource-integrity": integrity(page, url),
    "x-content-type-options": contentType(page),
    "x-frame-options": frames(page, policy),
  };
  const modifiers = Object.values(tests).map(({ modifier }) => modifier);
  const penalties = modifiers.filter((modifier) => modifier < 0).reduce((sum, modifier) => sum + modifier, 100);
  const bonuses = modifiers.filter((modifier) => modifier > 0).reduce((sum, modifier) => sum + modifier, 0);
  return { score: Math.max(0, penalties >= bonusFrom ? penalties + bonuses : penalties), tests };
}

const test = (result: string, modifier: number): ObservatoryTest => ({ result, modifier });
const values = (page: ProbeAnswer, name: string): string[] => page.headers[name] ?? [];
const text = (page: ProbeAnswer, name: string): string => values(page, name).join(", ").trim().toLowerCase();

const broad = /^(?:\*|https?:|ftp:|https?:\/\/\*(?:\.\*)?)$/;

function contentPolicy(policy: ContentPolicy | undefined): ObservatoryTest {
  if (!policy) return test("not implemented", -25);
  const sources = (name: string): string[] => policy[name] ?? policy["default-src"] ?? ["*"];
  const guarded = (list: string[]): string[] =>
    list.some((source) => /^'(?:nonce|sha\d+)-/.test(source)) ? list.filter((one) => one !== "'unsafe-inline'") : list;
  const scripts = guarded(sources("script-src"));
  const styles = guarded(sources("style-src"));
  const unsafe = (source: string): boolean => broad.test(source) || ["'unsafe-inline'", "data:"].includes(source);
  const plain = (source: string): boolean => /^(?:http|ftp):/.test(source);
  const passive = ["img-src", "media-src"];
  const active = Object.entries(policy)
    .filter(([name]) => !passive.includes(name))
    .flatMap(([, list]) => list ?? []);
  if (scripts.some(unsafe) || sources("object-src").some((source) => broad.test(source)))
    return test("unsafe inline", -20);
  if (active.some(plain)) return test("insecure scheme", -20);
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return test("unsafe eval", -10);
  if (passive.some((name) => (policy[name] ?? policy["default-src"] ?? []).some(plain)))
    return test("insecure scheme of images or media", -10);
  if (styles.some(unsafe)) return test("unsafe inline styles only", 0);
  const closed = policy["default-src"]?.join() === "'none'";
  return closed && policy["form-action"] !== undefined ? test("nothing by default", 10) : test("nothing unsafe", 5);
}

const session = /sess|sid|auth|login|jwt|token/i;
const guard = /csrf|xsrf/i;

function cookies(page: ProbeAnswer): ObservatoryTest {
  const all = values(page, "set-cookie").map((cookie) => {
    const [pair = "", ...attributes] = cookie.split(";").map((part) => part.trim());
    const has = (name: string): string | undefined => attributes.find((one) => one.toLowerCase().startsWith(name));
    return {
      name: pair.split("=")[0] ?? "",
      secure: has("secure"),
      httpOnly: has("httponly"),
      sameSite: has("samesite"),
    };
  });
  if (all.length === 0) return test("no cookies", 0);
  const protectedByTransport = values(page, "strict-transport-security").length > 0;
  const isSession = ({ name }: { name: string }): boolean => session.test(name) && !guard.test(name);
  const tests = all.map((cookie) => {
    if (!cookie.secure && isSession(cookie)) return test("session without Secure", protectedByTransport ? -10 : -40);
    if (isSession(cookie) && !cookie.httpOnly) return test("session without HttpOnly", -30);
    if (guard.test(cookie.name) && !cookie.sameSite) return test("guard against forgery without SameSite", -20);
    if (!cookie.secure) return test("without Secure", protectedByTransport ? -5 : -20);
    if (cookie.sameSite && !/=(?:strict|lax)$/i.test(cookie.sameSite))
      return test("SameSite neither Strict nor Lax", -20);
    return cookie.sameSite ? test("Secure, HttpOnly and SameSite", 5) : test("Secure and HttpOnly", 0);
  });
  return tests.reduce((worst, one) => (one.modifier < worst.modifier ? one : worst));
}

function resourcePolicy(page: ProbeAnswer): ObservatoryTest {
  const said = text(page, "cross-origin-resource-policy");
  if (said === "" || said === "cross-origin") return test(said || "not implemented", 0);
  return ["same-origin", "same-site"].includes(said) ? test(said, 10) : test("invalid", -5);
}

function resourceSharing(page: ProbeAnswer): ObservatoryTest {
  const origin = text(page, "access-control-allow-origin");
  if (origin === "") return test("not implemented", 0);
  const everybody = origin === "*" || origin === "https://observatory.example.net";
  if (everybody && text(page, "access-control-allow-credentials") === "true") return test("open to all", -50);
  return test(everybody ? "public" : "restricted", 0);
}

function redirection(plain: ProbeAnswer, url: string): ObservatoryTest {
  const target = values(plain, "location")[0] ?? "";
  if (plain.status < 301 || plain.status > 308) return test("missing", -20);
  if (!target.startsWith("https:")) return test("not to https", -20);
  return new URL(target).hostname === new URL(url).hostname ? test("to https", 0) : test("to another host", -5);
}

function referrer(page: ProbeAnswer): ObservatoryTest {
  const said = text(page, "referrer-policy");
  if (said === "") return test("not implemented", 0);
  const last = said.split(/\s*,\s*/).at(-1) ?? "";
  const isPrivate = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"].includes(last);
  return isPrivate ? test("private", 5) : test("unsafe or invalid", -5);
}

function strictTransport(page: ProbeAnswer): ObservatoryTest {
  const said = text(page, "strict-transport-security");
  if (said === "") return test("not implemented", -20);
  const seconds = /^max-age="?(\d+)"?(?:;|$)/.exec(said)?.[1];
  if (seconds === undefined) return test("invalid", -20);
  return Number(seconds) >= transportSeconds ? test("half a year at least", 0) : test("less than half a year", -10);
}

/** Scripts of other hosts, and whether each has a digest. */
function integrity(page: ProbeAnswer, url: string): ObservatoryTest {
  if (!/html/.test(text(page, "content-type"))) return test("no HTML", 0);
  const scripts = [...page.body.matchAll(/<script\b[^>]*\bsrc\s*=\s*["']?([^"'\s>]+)[^>]*>/gi)];
  if (scripts.length === 0) return test("no scripts", 0);
  const foreign = scripts.filter(([, source = ""]) => new URL(source, url).hostname !== new URL(url).hostname);
  const insecure = foreign.some(([, source = ""]) => /^(?:http:)?\/\//i.test(source));
  const guarded = (list: typeof scripts): boolean => list.every(([tag]) => /\bintegrity\s*=/i.test(tag));
  if (insecure) return test("foreign scripts without TLS", guarded(foreign) ? -20 : -50);
  if (foreign.length > 0)
    return guarded(foreign) ? test("foreign scripts with digests", 5) : test("foreign scripts", -5);
  return guarded(scripts) ? test("own scripts with digests", 5) : test("own scripts", 0);
}

function contentType(page: ProbeAnswer): ObservatoryTest {
  return text(page, "x-content-type-options") === "nosniff" ? test("nosniff", 0) : test("not nosniff", -5);
}

function frames(page: ProbeAnswer, policy: ContentPolicy | undefined): ObservatoryTest {
  const ancestors = policy?.["frame-ancestors"];
  if (ancestors && !ancestors.some((source) => broad.test(source))) return test("by frame-ancestors", 5);
  const said = text(page, "x-frame-options");
  if (said === "") return test("not implemented", -20);
  return ["deny", "sameorigin"].includes(said) ? test(said, 0) : test("invalid", -20);
}
