import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { applicationLoadBalancerHop, Hop } from "../../../components/host/hop";
import { StartedServer } from "./loopback-subject";
import { EchoApp, Seen } from "./nginx/echo-app";
import { askHop, FrontHop, Next } from "./nginx/front-hop";
import { lies } from "./nginx/lies";

const domain = "www.example.com";

/** The app behind the hops. */
export const hoppedApp: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

/** Where the client is, and another that connects to the web server past the hops. */
export const client = "127.0.5.1";
const stranger = "127.0.6.1";

/** A web server behind hops. */
export interface HoppedServer extends StartedServer {
  /** The lines of the access log. */
  accessLog(): Record<string, string>[] | Promise<Record<string, string>[]>;
}

/** How a web server stands behind hops. */
export interface Hopped {
  start(apps: readonly App[], front: Hop[]): Promise<HoppedServer>;
  /** What is special about its hops. @default nothing */
  hop?: Partial<Hop>;
  /** Headers that its apps see beside what is said of the client. @default none */
  beside?: readonly string[];
}

/** What one, two and three hops in front of a web server tell its apps. Call it in the body of `describe`. */
export function hopsBehaviour({ start, hop: special, beside = [] }: Hopped): void {
  const hop = (cidr: string): Hop => ({ ...applicationLoadBalancerHop({ addresses: [cidr] }), ...special });

  for (const count of [1, 2, 3]) {
    describe(`${count} of them`, () => {
      const addresses = Array.from({ length: count }, (_, index) => `127.0.1.${index + 1}`);
      const hops: FrontHop[] = [];
      let server: HoppedServer;
      let echo: EchoApp;
      let tls: NonNullable<Next["tls"]>;

      before(async () => {
        const front: Hop[] = addresses.map((address) => hop(`${address}/32`));
        server = await start([hoppedApp], front);
        echo = new EchoApp("root", server.socket("root"));
        await echo.start();
        tls = { servername: domain, ca: server.certificate(domain) };
        let next: Next = { port: server.httpsPort, tls };
        for (const address of [...addresses].reverse()) {
          const hop = await FrontHop.start(address, next);
          hops.unshift(hop);
          next = { port: hop.port };
        }
      });
      after(async () => {
        for (const hop of hops) await hop.stop();
        await echo?.stop();
        await server?.stop();
      });

      const told = async (port: number, from: string, headers: object, direct = false): Promise<Seen["headers"]> => {
        const all = { Host: domain, ...headers };
        const { status, body } = await askHop({ port, from, path: "/a?b", headers: all, ...(direct && { tls }) });
        assert.equal(status, 200, body);
        return (JSON.parse(body) as Seen).headers;
      };

      const expected = (address: string): Record<string, string> => ({
        "x-real-ip": address,
        "x-forwarded-for": address,
        "x-forwarded-proto": "https",
        "x-forwarded-host": `${domain}:${server.httpsPort}`,
        "x-forwarded-port": String(server.httpsPort),
        "x-scheme": "https",
        "x-request-uri": "/a?b",
      });

      const heard = (headers: Record<string, string>): Record<string, string> => {
        const { host, "x-request-id": id, ...more } = headers;
        const rest = Object.fromEntries(Object.entries(more).filter(([name]) => !beside.includes(name)));
        assert.equal(host, `${domain}:${server.httpsPort}`);
        assert.match(id ?? "", /^[\w@-]{20,}$/);
        return rest;
      };

      it("tell the app the client's own address", async () =>
        assert.deepEqual(heard(await told(hops[0]!.port, client, {})), expected(client)));

      it("do not make it believe what the client says", async () => {
        assert.deepEqual(heard(await told(hops[0]!.port, client, lies)), expected(client));
        const named = { ...lies, "X-Forwarded-For": `6.6.6.6, ${addresses[0]}` };
        assert.deepEqual(heard(await told(hops[0]!.port, client, named)), expected(client));
      });

      it("are not believed to have sent who comes past them", async () =>
        assert.deepEqual(heard(await told(server.httpsPort, stranger, lies, true)), expected(stranger)));

      it("leave the client's address in the log", async () => {
        await told(hops[0]!.port, client, lies);
        const lines = await server.accessLog();
        assert.ok(lines.length > 0 && lines.every((line) => [client, stranger].includes(line["client"] ?? "")));
      });
    });
  }
}
