import assert from "node:assert/strict";
import { App } from "../../components/app/app";
import { PlainHttp } from "../../components/app/domain-settings";
import { Web } from "../../components/app/web";
import { echoApp } from "./echo";
import type { Seen, Subject, SubjectRequest } from "./subject";

const echo = (name: string, domain: string, path = "/"): App =>
  echoApp(name, [{ domain, path, stripPrefix: path !== "/" }]);

/** The apps that `namesBehaviour` asks. */
export const namesApps: readonly App[] = [
  echo("names-shop", "www.example.com"),
  echo("names-reports", "www.example.com", "/reports/"),
  echo("names-both", "both.example.com"),
  echo("names-plain", "plain.example.com"),
  echo("names-odd", "odd.example.com"),
];

/** What is said of their domains. */
export const namesWeb: Web = {
  domains: [
    { domain: "www.example.com", aliases: ["shop.example.net"], redirects: ["example.com", "old.example.net"] },
    { domain: "both.example.com", http: PlainHttp.Serve, redirects: ["two.example.com"] },
    { domain: "plain.example.com", http: PlainHttp.Only, ports: { http: 8080 }, redirects: ["bare.example.com"] },
    { domain: "odd.example.com", ports: { https: 9988 }, redirects: ["odd.example.net"] },
  ],
};

/** What every web server does with names and ports. Call it in the body of `describe`. */
export function namesBehaviour(site: Subject): void {
  const seen = async (url: string, request?: SubjectRequest): Promise<Seen> => {
    const answer = await site.request(url, request);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body) as Seen;
  };
  const told = async (url: string): Promise<string[]> => {
    const { app, headers } = await seen(url);
    const names = ["host", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"];
    return [app, ...names.map((name) => headers[name] ?? "")];
  };
  const location = async (url: string, request?: SubjectRequest): Promise<unknown[]> => {
    const { status, headers } = await site.request(url, request);
    return [status, headers["location"]?.[0]];
  };
  const strict = async (url: string): Promise<boolean> =>
    (await site.request(url)).headers["strict-transport-security"] !== undefined;
  const own = (domain: string): string => site.origin(domain);
  const authority = (domain: string): string => new URL(own(domain)).host;

  describe("an alias", () => {
    it("answers the same, and the app is told the name that was asked for", async () => {
      const alias = "shop.example.net";
      const port = String(site.httpsPort);
      assert.deepEqual(await told(`${own(alias)}/`), ["names-shop", authority(alias), authority(alias), "https", port]);
      assert.equal((await seen(`${own(alias)}/reports/a`)).app, "names-reports");
    });

    it("is sent to TLS by its own name", async () => {
      assert.deepEqual(await location("http://shop.example.net/a?b"), [308, `${own("shop.example.net")}/a?b`]);
    });
  });

  describe("a name that leads to a domain", () => {
    for (const name of ["example.com", "old.example.net"])
      it(`does so by TLS, with path and query: ${name}`, async () => {
        assert.deepEqual(await location(`${own(name)}/a%20b/?c=d&e`), [308, `${own("www.example.com")}/a%20b/?c=d&e`]);
      });

    it("keeps the method of what is sent", async () => {
      const sent = { method: "POST", body: "x" };
      assert.deepEqual(await location(`${own("example.com")}/buy`, sent), [308, `${own("www.example.com")}/buy`]);
    });

    it("goes to TLS by the same name first, which browsers are told to keep to", async () => {
      assert.deepEqual(await location("http://example.com/a"), [308, `${own("example.com")}/a`]);
      assert.equal(await strict(`${own("example.com")}/`), true);
    });

    it("leads to the port of the domain", async () => {
      assert.deepEqual(await location("https://odd.example.net:9988/a"), [308, "https://odd.example.com:9988/a"]);
    });
  });

  describe("a domain that is answered in both ways", () => {
    it("answers by plain HTTP, and says so to the app", async () => {
      assert.deepEqual((await told("http://both.example.com/")).slice(3, 4), ["http"]);
    });

    it("answers by TLS, and says so to the app", async () => {
      assert.deepEqual((await told(`${own("both.example.com")}/`)).slice(3, 4), ["https"]);
    });

    it("does not have browsers keep to TLS", async () => {
      assert.equal(await strict(`${own("both.example.com")}/`), false);
      assert.equal(await strict("http://both.example.com/"), false);
    });

    it("is led to by the way that the client came", async () => {
      const [, plain] = await location("http://two.example.com/a");
      assert.match(String(plain), /^http:\/\/both\.example\.com(:\d+)?\/a$/);
      assert.deepEqual(await location(`${own("two.example.com")}/a`), [308, `${own("both.example.com")}/a`]);
    });
  });

  describe("a domain without TLS, on a port of its own", () => {
    it("answers there, and the app is told port and scheme", async () => {
      const host = "plain.example.com:8080";
      assert.deepEqual(await told(`http://${host}/`), ["names-plain", host, host, "http", "8080"]);
    });

    it("is led to by plain HTTP", async () => {
      assert.deepEqual(await location("http://bare.example.com:8080/a?b"), [308, "http://plain.example.com:8080/a?b"]);
    });

    it("keeps redirects of the app as they are", async () => {
      const headers = { "x-answer": JSON.stringify({ Location: "http://plain.example.com:8080/next" }) };
      const { headers: got } = await site.request("http://plain.example.com:8080/", { headers });
      assert.deepEqual(got["location"], ["http://plain.example.com:8080/next"]);
    });

    it("has no TLS", async () => {
      await assert.rejects(site.request(`${own("plain.example.com")}/`));
    });
  });

  describe("a domain with a port of its own for TLS", () => {
    it("answers there, and the app is told the port", async () => {
      const host = "odd.example.com:9988";
      assert.deepEqual(await told(`https://${host}/`), ["names-odd", host, host, "https", "9988"]);
    });

    it("is where plain HTTP is sent", async () => {
      assert.deepEqual(await location("http://odd.example.com/a"), [308, "https://odd.example.com:9988/a"]);
    });

    it("has browsers keep to TLS", async () => assert.equal(await strict("https://odd.example.com:9988/"), true));
  });
}

/** What web servers do that can end a connection without an answer. Call it in the body of `describe`. */
export function strangersBehaviour(site: Subject): void {
  const own = (domain: string): string => site.origin(domain);
  describe("a name that is not ours", () => {
    for (const origin of ["http://stranger.example", "http://stranger.example:8080"])
      it(`gets no answer: ${origin}`, () => assert.rejects(site.request(`${origin}/`), /socket hang up|ECONNRESET/));

    for (const port of [443, 9988])
      it(`gets no certificate on port ${port}`, async () => {
        const origin = port === 443 ? own("stranger.example") : `https://stranger.example:${port}`;
        await assert.rejects(site.request(`${origin}/`), /unrecognized name|ECONNRESET|alert/);
      });

    it("is a name of ours on a port that is not its own", async () => {
      await assert.rejects(site.request("https://www.example.com:9988/"), /unrecognized name|ECONNRESET|alert/);
      await assert.rejects(site.request("http://www.example.com:8080/"), /socket hang up|ECONNRESET/);
    });
  });
}
