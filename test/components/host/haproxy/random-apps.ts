import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { PlainHttp } from "../../../../components/app/domain-settings";
import { ListenVia } from "../../../../components/app/listen";
import { Route } from "../../../../components/app/route/route";
import { BalanceMethod } from "../../../../components/app/balance";
import { Web, WebProgram } from "../../../../components/app/web";
import {
  applicationLoadBalancerHop,
  cloudFrontHop,
  Hop,
  networkLoadBalancerHop,
} from "../../../../components/host/hop";
import { anyPath, anyPattern } from "../any-routes";

const oneOf = <T extends string>(values: Readonly<Record<string, T>>): fc.Arbitrary<T> =>
  fc.constantFrom(...Object.values(values));

const domains = ["www.example.com", "a.localhost", "xn--bcher-kva.example"];

/** Where a route is, and what may part its app in two. What else routes may say is in `any-routes.ts`. */
const route: fc.Arbitrary<Route> = fc
  .record(
    {
      domain: fc.constantFrom(...domains, "*.example", "a.*"),
      path: anyPath,
      stripPrefix: fc.boolean(),
      pattern: fc.option(anyPattern, { nil: undefined, freq: 2 }),
      websocket: fc.boolean(),
      stream: fc.boolean(),
      compress: fc.boolean(),
    },
    { requiredKeys: ["domain"] },
  )
  .map(({ pattern: found, path: below, stripPrefix, ...rest }): Route => ({
    ...rest,
    ...(found === undefined
      ? { ...(below !== undefined && { path: below }), ...(stripPrefix !== undefined && { stripPrefix }) }
      : { pattern: found }),
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
