import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { PlainHttp } from "../../../../components/app/domain-settings";
import { ListenVia } from "../../../../components/app/listen";
import { Route } from "../../../../components/app/route/route";
import { BalanceMethod } from "../../../../components/app/balance";
import { Cors } from "../../../../components/app/route/cors";
import { Freshness } from "../../../../components/app/route/freshness";
import { Limits } from "../../../../components/app/route/limits";
import { HttpMethod } from "../../../../components/app/route/methods";
import {
  contentOnly,
  ReferrerPolicy,
  ResourcePolicy,
  Security,
  SecurityPreset,
  ServedFiles,
  ServerHeader,
  XssProtection,
} from "../../../../components/app/route/security";
import { Web, WebProgram } from "../../../../components/app/web";
import {
  applicationLoadBalancerHop,
  cloudFrontHop,
  Hop,
  networkLoadBalancerHop,
} from "../../../../components/host/hop";

const oneOf = <T extends string>(values: Readonly<Record<string, T>>): fc.Arbitrary<T> =>
  fc.constantFrom(...Object.values(values));
const some = <T>(one: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(one, { minLength: 1, maxLength });

const domains = ["www.example.com", "a.localhost", "xn--bcher-kva.example"];

const segment = fc.string({ unit: fc.constantFrom(..."aZ09-._~!$&'()*+,;=:@"), minLength: 1, maxLength: 8 });
const path = fc.array(segment, { maxLength: 3 }).map((parts) => (parts.length ? `/${parts.join("/")}/` : "/"));
const pattern = fc
  .tuple(
    fc.array(fc.constantFrom("a", "\\.", "[^/]+/", "(b|c)", "\\d{2,4}", "x?", "'", "@", "\\$"), { maxLength: 4 }),
    fc.constantFrom("", "$"),
  )
  .map(([parts, end]) => `/${parts.join("")}${end}`);
const origin = fc.constantFrom("https://a.example", "http://b.example:8080", "https://xn--bcher-kva.example");
const header = fc.constantFrom("X-Total", "x%total", "X'a", "X`b", "X#c", "X$d", "X|e", "X~f");
const methods = some(oneOf(HttpMethod), 5).map((all): HttpMethod[] => [...new Set([HttpMethod.Get, ...all])]);

const cors: fc.Arbitrary<Cors> = fc.record(
  {
    origins: fc.oneof(fc.constant<string[]>(["*"]), some(origin)),
    requestHeaders: some(header),
    exposeHeaders: some(header),
    maxAgeSeconds: fc.nat(86_400),
  },
  { requiredKeys: ["origins"] },
);

const limits: fc.Arbitrary<Limits> = fc
  .record({
    requestsPerSecond: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    requestsPerMinute: fc.integer({ min: 1, max: 100_000 }),
    burst: fc.option(fc.nat(100_000), { nil: undefined }),
    connections: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  })
  .map(({ requestsPerSecond, requestsPerMinute, burst, connections }) => ({
    ...(requestsPerSecond === undefined ? { requestsPerMinute } : { requestsPerSecond }),
    ...(burst !== undefined && { burst }),
    ...(connections !== undefined && { connections }),
  }));

const freshness: fc.Arbitrary<Freshness> = fc.record(
  {
    seconds: fc.integer({ min: 1, max: 9999 }),
    pageSeconds: fc.nat(99),
    sharedSeconds: fc.nat(99),
    immutable: fc.boolean(),
  },
  { requiredKeys: ["seconds"] },
);

const security: fc.Arbitrary<Security> = fc
  .record(
    {
      preset: oneOf(SecurityPreset),
      files: oneOf(ServedFiles),
      allow: some(fc.constantFrom("data.csv", "*.xlsx", "a'b.c.db", "x?$.zip", "a(2).py")),
      framedBy: fc.oneof(
        fc.constant<string[]>([]),
        fc.constant<string[]>(["*"]),
        some(fc.constantFrom("self", "https://a.example")),
      ),
      xssProtection: oneOf(XssProtection),
      referrerPolicy: oneOf(ReferrerPolicy),
      permissionsPolicy: fc.constantFrom<Record<string, string>>({ camera: "self https://a.example" }, { usb: "*" }),
      reportUri: fc.constantFrom("/csp", "/csp?a=%20"),
      resourcePolicy: oneOf(ResourcePolicy),
      server: oneOf(ServerHeader),
    },
    { requiredKeys: [] },
  )
  .map(({ allow, reportUri, ...rest }) => ({
    ...rest,
    ...(allow && contentOnly(rest) && { allow }),
    ...(reportUri !== undefined && {
      contentSecurityPolicy: { directives: { "script-src": "'self' 'nonce-a+b='" }, reportUri },
    }),
  }));

/** What HAProxy can do for a route: at a path, or at what a pattern finds. */
const route: fc.Arbitrary<Route> = fc
  .record(
    {
      domain: fc.constantFrom(...domains, "*.example", "a.*"),
      path,
      stripPrefix: fc.boolean(),
      pattern: fc.option(pattern, { nil: undefined, freq: 2 }),
      websocket: fc.boolean(),
      stream: fc.boolean(),
      maxBodyMiB: fc.integer({ min: 1, max: 1024 * 1024 }),
      readTimeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
      compress: fc.boolean(),
      cors,
      limits,
      freshness,
      security,
      methods,
    },
    { requiredKeys: ["domain"] },
  )
  .map(({ pattern: found, path: below, stripPrefix, cors: read, ...rest }): Route => ({
    ...rest,
    ...(found === undefined
      ? { ...(below !== undefined && { path: below }), ...(stripPrefix !== undefined && { stripPrefix }) }
      : { pattern: found }),
    ...(read && { cors: { ...read, ...(rest.methods && { methods: rest.methods }) } }),
  }));

/** An app at each of the domains, so that there is a name for each that has a star. */
export const everywhere: App = {
  name: "everywhere",
  source: {},
  servers: [{ address: "10.0.1.1", port: 80 }],
  routes: domains.map((domain) => ({ domain, path: "/everywhere/" })),
};

/** Names, ports and ways without TLS. */
export const randomWeb: fc.Arbitrary<Web> = fc
  .record({ http: oneOf(PlainHttp), ports: fc.constantFrom({}, { http: 8080 }, { https: 9988 }) })
  .map(({ http, ports }) => ({
    program: WebProgram.HAProxy,
    ports,
    domains: [{ domain: domains[0]!, aliases: ["also.example.net"], redirects: ["old.example.net"], http }],
    compressTypes: Array.from({ length: 30 }, (_, index) => `application/vnd.example.${index}+json`),
  }));

/** What may stand in front. */
export const randomFront: fc.Arbitrary<Hop[]> = fc.constantFrom(
  [],
  [networkLoadBalancerHop({ proxyProtocolFrom: ["10.0.1.0/24"] })],
  [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24", "10.0.2.0/24"] })],
  [cloudFrontHop({ addresses: ["130.176.0.0/17"] }), applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] })],
);

/** An app that HAProxy hands requests to. Not each of them is valid, nor are all beside all others. */
export const randomApp = (name: string): fc.Arbitrary<App> =>
  fc
    .record({
      routes: fc.array(route, { maxLength: 3 }),
      home: fc.constantFrom(...domains),
      via: fc.constantFrom(...Object.values(ListenVia)),
      places: fc.integer({ min: 1, max: 4 }),
      elsewhere: fc.boolean(),
      method: fc.constantFrom(...Object.values(BalanceMethod)),
      sticky: fc.boolean(),
    })
    .map(({ routes: further, home, via, places, elsewhere, method, sticky }) => {
      // Its health is asked for here, whatever its patterns find.
      const routes = [{ domain: home, path: `/${name}/home/` }, ...further];
      const shared = places > 1 && {
        balance: { method, sticky: sticky && method !== BalanceMethod.ClientAddress },
      };
      if (elsewhere) {
        const servers = Array.from({ length: places }, (_, index) => ({ address: `10.0.0.${index}`, port: 80 }));
        return { name, source: {}, routes, servers, ...shared };
      }
      const alone = via !== ListenVia.Activation;
      return {
        name,
        source: { directory: "app" },
        process: { command: ["app"], ...(alone ? {} : { instances: places }) },
        listen: { via, ...(via === ListenVia.Port && { port: 9000 + name.charCodeAt(0) }) },
        routes,
        ...(alone ? {} : shared),
      };
    });
