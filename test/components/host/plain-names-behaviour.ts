import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { PlainHttp } from "../../../components/app/domain-settings";
import { withAliases } from "../../../components/app/names";
import type { Web } from "../../../components/app/web";
import { directHops, HopChain } from "../../../components/host/hops";
import { withNames } from "../../../components/host/names";
import { echoApp } from "../../behaviour/echo";
import type { Seen, Subject } from "../../behaviour/subject";
import { StartedServer, useLoopbackServer } from "./loopback-subject";

/** Those of a host's names that need no port of their own, which nobody else may have here. */
const apps = [echoApp("both", [{ domain: "both.example.com" }]), echoApp("plain", [{ domain: "plain.example.com" }])];
const web: Web = {
  domains: [
    { domain: "both.example.com", http: PlainHttp.Serve, redirects: ["two.example.com"] },
    { domain: "plain.example.com", http: PlainHttp.Only, redirects: ["bare.example.com"] },
  ],
};

/**
 * What a web server on the loopback address does with names that are answered without TLS. Call it in the body of `describe`.
 *
 * @param challenge has the server answer a challenge of a certificate authority
 */
export function plainNamesBehaviour<Server extends StartedServer>(
  start: (apps: readonly App[], hops: Pick<HopChain, "names">, web: Web) => Promise<Server>,
  challenge: (server: Server, token: string, proof: string) => Promise<void> | void,
): Subject {
  const described = withAliases(apps, web);
  const { names = {} } = withNames(directHops, described, web);
  const site = useLoopbackServer(described, () => start(described, { names }, web));
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
    await challenge(site.server, "token", "proof");
    const { status, body } = await site.request(`${plainly("plain.example.com")}/.well-known/acme-challenge/token`);
    assert.deepEqual([status, body], [200, "proof"]);
  });
  return site;
}
