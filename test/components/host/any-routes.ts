import fc from "fast-check";
import type { App } from "../../../components/app/app";
import type { Problem } from "../../../components/app/problem";
import type { Cache } from "../../../components/app/route/cache";
import type { Cors } from "../../../components/app/route/cors";
import { withLiteralDomains } from "../../../components/app/route/domains";
import { type Files, FilesFrom } from "../../../components/app/route/files";
import type { Freshness } from "../../../components/app/route/freshness";
import type { Limits } from "../../../components/app/route/limits";
import { HttpMethod } from "../../../components/app/route/methods";
import { type Route, ServeBy } from "../../../components/app/route/route";
import {
  ReferrerPolicy,
  ResourcePolicy,
  type Security,
  SecurityPreset,
  ServedFiles,
  ServerHeader,
  XssProtection,
} from "../../../components/app/route/security";
import { validateApps } from "../../../components/app/validate";
import { cacheProblems } from "../../../components/app/validation/cache";
import { webProblems } from "../../../components/app/validation/web";
import type { Web } from "../../../components/app/web";

/** Objects with any of some properties, and with those that they need. */
const any = <T>(
  properties: { [K in keyof Required<T>]: fc.Arbitrary<T[K]> },
  needed: (keyof T)[] = [],
): fc.Arbitrary<T> => fc.record(properties, { requiredKeys: needed }) as unknown as fc.Arbitrary<T>;
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const oneOf = <T extends string>(choices: Readonly<Record<string, T>>): fc.Arbitrary<T> =>
  fc.constantFrom(...Object.values(choices));

const domains = ["www.example.com", "ws.example.com", "a.localhost", "xn--bcher-kva.example"];
const origins = ["https://a.example", "https://b.example:8443", "http://c.example", "https://xn--bcher-kva.example"];
const headers = ["X-Total", "Content-Type", "X-Xsrftoken", "x%total", "X'a", "X`b", "X#c", "X$d", "X|e", "X~f"];
const segment = fc.stringMatching(/^[A-Za-z0-9\-._~!$&'()*+,;=:@]{1,12}$/).filter((text) => !/^\.\.?$/.test(text));
export const anyPath = fc.array(segment, { maxLength: 3 }).map((all) => (all.length ? `/${all.join("/")}/` : "/"));
const piece = fc.constantFrom(
  "a",
  "/b",
  "[0-9]",
  "[^/]",
  "[${}]",
  "\\.",
  "\\$",
  "(x|y)",
  "\\w",
  "%",
  "~",
  "/",
  "c?",
  "d{2,4}",
  "'",
  "@",
);
export const anyPattern = fc.oneof(
  fc.constantFrom("/dataserver2?(/|$)", "/.*/Search/|/socket\\.io/", "/v[0-9]+/.*\\.(csv|json)$"),
  fc.array(piece, { minLength: 1, maxLength: 6 }).map((all) => `/${all.join("")}`),
);
const folder = fc.constantFrom("public", "a b", "$x", "it's", "ü");
const seconds = fc.integer({ min: 0, max: 31_536_000 });
const methods = some(Object.values(HttpMethod));
const index = fc.constantFrom("index.html", "index.htm", "start.html");

/** What each word of a route may say. A new word does not compile until it is here. */
const words: { readonly [Word in keyof Required<Route>]: fc.Arbitrary<Route[Word]> } = {
  domain: fc.constantFrom(...domains, ...domains, "*.example.com", "ws.*"),
  path: anyPath,
  pattern: anyPattern,
  stripPrefix: fc.boolean(),
  websocket: fc.boolean(),
  stream: fc.boolean(),
  bufferRequests: fc.boolean(),
  bufferAnswers: fc.boolean(),
  serve: oneOf(ServeBy),
  directory: folder,
  files: any<Files>({
    from: oneOf(FilesFrom),
    index: fc.uniqueArray(index, { minLength: 1 }),
    precompressed: fc.boolean(),
  }),
  freshness: any<Freshness>(
    {
      seconds,
      pageSeconds: seconds,
      sharedSeconds: seconds,
      staleSeconds: seconds,
      private: fc.boolean(),
      immutable: fc.boolean(),
    },
    ["seconds"],
  ),
  cache: any<Cache>({
    zone: fc.constant(undefined),
    keep: fc.constant([{ statuses: [200, 404], seconds: 60 }]),
    loginCookies: fc.uniqueArray(fc.constantFrom("user", "sid", "a$b"), { minLength: 1 }),
    stale: fc.boolean(),
  }),
  compress: fc.boolean(),
  maxBodyMiB: fc.integer({ min: 1, max: 1024 * 1024 }),
  readTimeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
  security: any<Security>({
    preset: oneOf(SecurityPreset),
    files: oneOf(ServedFiles),
    allow: some(["data.csv", "*.xlsx", "a?b.db", "a'b.c.db", "it's (1) $x.csv", 'a"b.csv', "100%.csv"]),
    framedBy: fc.oneof(some(["self", ...origins.slice(0, 2)]), fc.constant<string[]>(["*"]), fc.constant<string[]>([])),
    xssProtection: oneOf(XssProtection),
    referrerPolicy: oneOf(ReferrerPolicy),
    permissionsPolicy: fc.constantFrom<Record<string, string>[]>(
      { camera: "self" },
      { usb: "self https://a.example", camera: "*" },
    ),
    contentSecurityPolicy: fc.constantFrom(
      {},
      { enforce: true, reportUri: "/r" },
      { directives: { "script-src": "'self' 'nonce-a+b=' https://a.example/100%25" }, reportUri: "/csp?a=%20" },
    ),
    resourcePolicy: oneOf(ResourcePolicy),
    strictTransport: fc.constant({ seconds: 31_536_000, includeSubDomains: true }),
    server: oneOf(ServerHeader),
  }),
  cors: any<Cors>(
    {
      origins: fc.oneof(some(origins), fc.constant<string[]>(["*"])),
      credentials: fc.boolean(),
      methods,
      requestHeaders: some(headers),
      exposeHeaders: some(headers),
      maxAgeSeconds: fc.integer({ min: 0, max: 86_400 }),
    },
    ["origins"],
  ),
  limits: any<Limits>({
    requestsPerSecond: fc.integer({ min: 1, max: 100 }),
    requestsPerMinute: fc.integer({ min: 1, max: 100 }),
    burst: fc.integer({ min: 1, max: 100 }),
    connections: fc.integer({ min: 1, max: 100 }),
  }),
  methods,
};

/** All words that a route may say. */
export const routeWords = Object.keys(words) as (keyof Route)[];

/** Words that have a meaning together only. */
const serving: readonly (keyof Route)[] = ["serve", "directory"];

/** A route that says a few of its words; it need not be valid. */
const anyRoute: fc.Arbitrary<Route> = fc
  .subarray(
    routeWords.filter((word) => word !== "domain"),
    { minLength: 1, maxLength: 4 },
  )
  .map((said) =>
    said.some((word) => word === "files" || serving.includes(word)) ? [...new Set([...said, ...serving])] : said,
  )
  .chain((said) => fc.record(Object.fromEntries(["domain" as const, ...said].map((word) => [word, words[word]]))))
  .map((route) => route as unknown as Route);

/** A route of files that says little else: few of the other words go with them, so that hardly any of the above is one. */
const filesRoute: fc.Arbitrary<Route> = fc.record({
  domain: fc.constantFrom(...domains),
  path: anyPath,
  serve: fc.constant(ServeBy.Files),
  directory: folder,
  files: fc.uniqueArray(index, { minLength: 1 }).map((names) => ({ index: names })),
});

/** A route for each word that says it and nothing else, so that none is left unsaid by chance. */
const plainRoutes: fc.Arbitrary<Route[]> = fc
  .tuple(
    ...routeWords.map((word) => fc.record({ domain: fc.constantFrom(...domains), path: anyPath, [word]: words[word] })),
  )
  .map((routes) => routes as Route[]);

/**
 * The apps of a host whose routes say anything that a web server can do, and that are valid. Every one has its domains written
 * out, as the plan of a host has them.
 *
 * @param web the web server
 * @param more what else is wrong with apps, for this web server
 */
export function anyApps(web: Web, more: (apps: readonly App[]) => Problem[] = () => []): fc.Arbitrary<App[]> {
  const isValid = (apps: readonly App[]): boolean =>
    [...validateApps(apps), ...webProblems(web, apps), ...cacheProblems(apps, web), ...more(apps)].length === 0;
  const base: App[] = ["one", "two"].map((name, at) => ({
    name,
    source: { directory: "apps" },
    process: { command: ["serve"] },
    data: ["public", "a b"],
    routes: domains.map((domain) => ({ domain, path: at === 0 ? "/" : "/two/" })),
  }));
  const many = fc.array(fc.oneof({ weight: 6, arbitrary: anyRoute }, { weight: 1, arbitrary: filesRoute }), {
    minLength: 20,
    maxLength: 40,
  });
  return fc
    .tuple(many, plainRoutes)
    .chain(([some, plain]) => {
      const routes = [...some, ...plain];
      return fc.tuple(...routes.map((route) => fc.tuple(fc.nat(base.length - 1), fc.constant(route))));
    })
    .map((all) => all.reduce((apps, [at, route]) => withRoute(apps, at, route, isValid), base))
    .map((apps) => withLiteralDomains(apps));
}

function withRoute(apps: App[], at: number, route: Route, isValid: (apps: readonly App[]) => boolean): App[] {
  const more = apps.map((app, index) => (index === at ? { ...app, routes: [...(app.routes ?? []), route] } : app));
  return isValid(more) ? more : apps;
}

/** Which words the routes of some apps say. */
export const wordsOf = (apps: readonly App[]): (keyof Route)[] =>
  apps.flatMap(({ routes = [] }) => routes.flatMap((route) => Object.keys(route) as (keyof Route)[]));
