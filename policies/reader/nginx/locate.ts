import { LocationMatch, LocationView, ServerView } from "./nginx-view";

/** Which block of a server answers a request. */
export interface Located {
  readonly scope: ServerView | LocationView;
  /** Where nginx sends the client instead, because only the path with a slash at its end has a location; null otherwise. */
  readonly redirect: string | null;
  /** Regular expressions that cannot be tried here and that nginx would have tried before; empty when the result is sure. */
  readonly uncertain: readonly LocationView[];
}

/** Handlers for which nginx adds the slash by itself. */
const redirecting = ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass", "grpc_pass"];

/**
 * The block that nginx chooses for a path: an exact location, else the first regular expression that matches unless the
 * longest prefix forbids it, else the longest prefix; the same again inside of what was found.
 *
 * @param path of a request, e.g. `/.git/config?x=1`; brought into the form that nginx compares
 */
export function locate(server: ServerView, path: string): Located {
  const uncertain: LocationView[] = [];
  const found = find(server.locations, normalizePath(path), uncertain);
  return { scope: found?.location ?? server, redirect: found?.redirect ?? null, uncertain };
}

interface Found {
  readonly location: LocationView;
  /** Whether nothing outside may take its place: an exact location, a regular expression, a redirect. */
  readonly isFinal: boolean;
  readonly redirect: string | null;
}

function find(locations: readonly LocationView[], path: string, uncertain: LocationView[]): Found | undefined {
  const exact = locations.find(({ match, pattern }) => match === LocationMatch.Exact && pattern === path);
  if (exact) return { location: exact, isFinal: true, redirect: null };

  const prefix = longestPrefix(locations, path);
  const slashed = locations.find((one) => one.pattern === `${path}/` && isStatic(one) && addsSlash(one));
  if (slashed && prefix?.pattern !== path) return { location: slashed, isFinal: true, redirect: `${path}/` };

  const inner =
    prefix && (find(prefix.locations, path, uncertain) ?? { location: prefix, isFinal: false, redirect: null });
  // Of nested prefixes, the modifier of the outermost counts against the regular expressions beside it.
  if (inner?.isFinal || prefix?.match === LocationMatch.FinalPrefix) return inner;
  return firstRegex(locations, path, uncertain) ?? inner;
}

function firstRegex(locations: readonly LocationView[], path: string, uncertain: LocationView[]): Found | undefined {
  for (const location of locations) {
    if (location.match !== LocationMatch.Regex && location.match !== LocationMatch.RegexIgnoringCase) continue;
    const regex = regexOf(location);
    if (regex === null) uncertain.push(location);
    else if (regex.test(path)) {
      const inner = find(location.locations, path, uncertain);
      return { location: inner?.location ?? location, isFinal: true, redirect: inner?.redirect ?? null };
    }
  }
  return undefined;
}

function longestPrefix(locations: readonly LocationView[], path: string): LocationView | undefined {
  let longest: LocationView | undefined;
  for (const location of locations) {
    const isPrefix = location.match === LocationMatch.Prefix || location.match === LocationMatch.FinalPrefix;
    if (!isPrefix || !path.startsWith(location.pattern)) continue;
    if (longest === undefined || location.pattern.length > longest.pattern.length) longest = location;
  }
  return longest;
}

const isStatic = ({ match }: LocationView): boolean =>
  match === LocationMatch.Exact || match === LocationMatch.Prefix || match === LocationMatch.FinalPrefix;

const addsSlash = ({ directives }: LocationView): boolean => directives.some(({ name }) => redirecting.includes(name));

/** The regular expression of a location, or null when it uses what JavaScript has not, such as atomic groups. */
function regexOf({ pattern, match }: LocationView): RegExp | null {
  const ignoresCase = /^\(\?i\)/.test(pattern);
  const source = pattern
    .replace(/^\(\?i\)/, "")
    .replace(/\(\?P</g, "(?<")
    .replace(/(?<!\\)((?:\\\\)*)\\A/g, "$1^")
    .replace(/(?<!\\)((?:\\\\)*)\\[zZ]/g, "$1$$");
  try {
    return new RegExp(source, ignoresCase || match === LocationMatch.RegexIgnoringCase ? "i" : "");
  } catch {
    return null;
  }
}

/** A path as nginx compares it: decoded, without query, dot segments resolved, slashes merged. */
export function normalizePath(path: string): string {
  const [before = ""] = path.split(/[?#]/);
  const decoded = before.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const segments: string[] = [];
  for (const segment of decoded.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const isFolder = /(^|\/)\.{0,2}$/.test(decoded);
  return segments.length === 0 ? "/" : `/${segments.join("/")}${isFolder ? "/" : ""}`;
}
