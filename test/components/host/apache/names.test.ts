import assert from "node:assert/strict";
import { PlainHttp } from "../../../../components/app/domain-settings";
import { withAliases } from "../../../../components/app/names";
import { Web, WebProgram } from "../../../../components/app/web";
import { apacheFiles } from "../../../../components/host/apache/files";
import { guest } from "../../../../components/host/guest";
import { directHops } from "../../../../components/host/hops";
import { withNames } from "../../../../components/host/names";
import { echoApp } from "../../../behaviour/echo";
import { namesApps, namesWeb } from "../../../behaviour/names";
import type { Seen } from "../../../behaviour/subject";
import { useLoopbackServer } from "../loopback-subject";
import { RunningApache } from "./running-apache";

/** Those of a host's names that need no port of their own, which nobody else may have here. */
const apps = [echoApp("both", [{ domain: "both.example.com" }]), echoApp("plain", [{ domain: "plain.example.com" }])];
const web: Web = {
  program: WebProgram.Apache,
  domains: [
    { domain: "both.example.com", http: PlainHttp.Serve, redirects: ["two.example.com"] },
    { domain: "plain.example.com", http: PlainHttp.Only, redirects: ["bare.example.com"] },
  ],
};

describe("names of httpd", function () {
  this.timeout(30_000);
  const described = withAliases(apps, web);
  const site = useLoopbackServer(described, () =>
    RunningApache.start(described, { names: withNames(directHops, described, web).names }, {}, web),
  );
  const seen = async (url: string): Promise<Seen> => JSON.parse((await site.request(url)).body) as Seen;
  const plainly = (name: string): string => `http://${name}:${site.httpPort}`;

  it("are answered in both ways, and the app is told by which", async () => {
    const name = "both.example.com";
    const [plain, secure] = [await seen(`${plainly(name)}/`), await seen(`${site.origin(name)}/`)];
    const said = ({ headers }: Seen): unknown[] =>
      ["host", "x-forwarded-proto", "x-forwarded-port", "x-scheme"].map((header) => headers[header]);
    assert.deepEqual(said(plain), [`${name}:${site.httpPort}`, "http", String(site.httpPort), "http"]);
    assert.deepEqual(said(secure), [`${name}:${site.httpsPort}`, "https", String(site.httpsPort), "https"]);
  });

  it("have browsers keep to TLS nowhere where there is another way", async () => {
    for (const url of [plainly("both.example.com"), site.origin("both.example.com"), plainly("plain.example.com")])
      assert.equal((await site.request(`${url}/`)).headers["strict-transport-security"], undefined, url);
  });

  it("lead to their domain by the way that the client came", async () => {
    for (const [from, to] of [
      ["two.example.com", "both.example.com"],
      ["bare.example.com", "plain.example.com"],
    ] as const) {
      const { status, headers } = await site.request(`${plainly(from)}/a%20b?c`);
      assert.deepEqual([status, headers["location"]], [308, [`${plainly(to)}/a%20b?c`]]);
    }
  });

  it("answer challenges beside what the app answers", async () => {
    site.server.addChallenge("token", "proof");
    const { status, body } = await site.request(`${plainly("plain.example.com")}/.well-known/acme-challenge/token`);
    assert.deepEqual([status, body], [200, "proof"]);
  });

  it("are listened for on their ports, and nowhere else", () => {
    const all = withAliases(namesApps, namesWeb);
    const files = apacheFiles(all, withNames(directHops, all, namesWeb), guest(12), namesWeb);
    const text = files.map(({ content }) => content).join("\n");
    const said = (words: RegExp): string[] => [...new Set([...text.matchAll(words)].map(([, port]) => port ?? ""))];
    assert.deepEqual(said(/^Listen (\d+)$/gm), ["80", "8080", "443", "9988"]);
    assert.deepEqual(said(/<VirtualHost "?\*:(\d+)"?>/g).sort(), ["443", "80", "8080", "9988"]);
  });
});
