import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSecureContext } from "node:tls";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { serviceUnit } from "../../components/app/paths";
import { staticSite } from "../../components/app/presets/static-site";
import { WebProgram } from "../../components/app/web";
import { applicationLoadBalancerHop } from "../../components/host/hop";
import { healthPath } from "../../components/host/hops";
import { exampleApps } from "../../examples/apps";
import { balanceApps, balanceBehaviour, balanceDomain } from "../behaviour/balance";
import { corsApps, corsBehaviour } from "../behaviour/cors";
import { echoApp } from "../behaviour/echo";
import { filesApps, filesBehaviour, filesWeb } from "../behaviour/files";
import { flowApps } from "../behaviour/flow";
import { hardeningApps, hardeningBehaviour } from "../behaviour/hardening";
import { logsApps } from "../behaviour/logs";
import { namesApps, namesBehaviour, namesWeb } from "../behaviour/names";
import { pathsApps, pathsBehaviour } from "../behaviour/paths";
import { patternsApps, patternsBehaviour } from "../behaviour/patterns";
import { streamingBehaviour } from "../behaviour/streaming";
import type { Seen } from "../behaviour/subject";
import { lies } from "../components/host/nginx/lies";
import { load, LoadResult } from "../load";
import { TestSite, useSite } from "./site";
import { insideApp, itAsksByTls } from "./site-app-tls";
import { foldersBehaviour, uploads } from "./site-folders";
import { realTimeReport, reportBehaviour, reportParameters } from "./site-report";

const web = { program: WebProgram.Apache };

const echo = (name: string, ...routes: Route[]): App => echoApp(name, routes);

/** An app with websockets. */
const live = (domain: string): App =>
  exampleApps({ domain, mailHost: "mail.internal" }).find(({ name }) => name === "live")!;

const domain = "apache.example.com";
const docs = staticSite({
  name: "docs",
  source: { directory: join(__dirname, "site-apps/docs") },
  domains: [`docs.${domain}`],
  contains: "<h1>Docs</h1>",
});

function itKeepsWebsockets(site: TestSite): void {
  it("has a websocket that stays open while httpd reloads", async () => {
    const socket = await site.websocket(`${site.origin(`live.${domain}`)}/echo`);
    await site.machine.exec("systemctl reload apache2");
    socket.send("still here");
    assert.equal(await socket.next(), "still here");
    socket.close();
  });
}

describe("a site by Apache httpd on Debian 12", function () {
  this.timeout(60_000);
  const apps = [
    ...pathsApps,
    ...patternsApps,
    ...hardeningApps,
    ...corsApps,
    echo("project", { domain, path: "/project/", stripPrefix: true }),
    echo("one", { domain, path: "/app1/" }, { domain, path: "/app2/" }),
    echo("first", { domain: `many.${domain}`, path: "/app1/", stripPrefix: true }),
    echo("second", { domain: `many.${domain}`, path: "/app2/", stripPrefix: true }),
    echo("publ", { domain: `publ.${domain}` }),
    docs,
    live(domain),
    ...balanceApps,
    ...namesApps,
    ...flowApps,
    ...filesApps,
    uploads,
    ...logsApps,
    insideApp,
  ];
  const words = { ...namesWeb, ...filesWeb, logs: { report: realTimeReport } };
  const site = useSite({ debian: 12, web: { ...web, ...words }, apps, parameters: reportParameters });
  const ask = (name: string, path: string, request = {}) => site.request(`${site.origin(name)}${path}`, request);
  const seen = async (name: string, path: string, request = {}): Promise<Seen> => {
    const answer = await ask(name, path, request);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body) as Seen;
  };

  describe("paths", () => pathsBehaviour(site));
  describe("names and ports", () => namesBehaviour(site));
  describe("streams", () => streamingBehaviour(site, { buffersAnswers: false }));
  describe("several instances", () => balanceBehaviour(site));
  describe("files", () => filesBehaviour(site));
  describe("folders beside the release", () => foldersBehaviour(site));
  describe("an app that ends TLS itself", () => itAsksByTls(site, insideApp.name));
  describe("the report of its log", () => reportBehaviour(site, "/var/log/apache2"));

  /** Sends GETs and POSTs at an even rate while something is done. */
  async function loaded(name: string, path: string, act: () => Promise<unknown>, seconds = 8): Promise<LoadResult> {
    const target = { ...site.target(name), secureContext: createSecureContext({ ca: site.ca }) };
    const loading = load({
      target,
      tls: true,
      requestsPerSecond: 100,
      seconds,
      methods: ["GET", "POST"],
      path,
      headers: { Host: `${name}:${site.httpsPort}` },
    });
    await pause(500);
    await act();
    return loading;
  }

  describe("patterns", () => patternsBehaviour(site));
  describe("hardening", () => hardeningBehaviour(site));
  describe("pages of other origins", () => corsBehaviour(site));

  it("has no other web server, and no page of Debian's", async () => {
    assert.equal((await site.machine.attempt("systemctl is-active nginx")).stdout.trim(), "inactive");
    const answer = await site.request(`http://${site.machine.address}/`);
    assert.deepEqual([answer.status, /Debian|It works/.test(answer.body)], [421, false]);
  });

  it("hands a path to a Gramex without it, and tells where the request was sent", async () => {
    const { app, url, headers } = await seen(domain, "/project/sub?a=b", { headers: lies });
    assert.deepEqual([app, url], ["project", "/sub?a=b"]);
    assert.deepEqual(
      ["host", "x-real-ip", "x-scheme", "x-request-uri"].map((name) => headers[name]),
      [`${domain}:${site.httpsPort}`, site.machine.gateway, "https", "/project/sub?a=b"],
    );
  });

  it("hands several paths to one instance, which sees them", async () => {
    for (const path of ["/app1/x", "/app2/x"]) {
      const { app, url } = await seen(domain, path);
      assert.deepEqual([app, url], ["one", path]);
    }
  });

  it("hands several paths to instances of their own, each under its root", async () => {
    for (const [path, instance] of [
      ["/app1/x", "first"],
      ["/app2/x", "second"],
    ] as const) {
      const { app, url } = await seen(`many.${domain}`, path);
      assert.deepEqual([app, url], [instance, "/x"]);
    }
  });

  it("tells an app behind a unix socket that the client came by https, whatever the client says", async () => {
    const { headers } = await seen(`publ.${domain}`, "/entry", { headers: lies });
    const told = Object.entries(headers).filter(([name]) => /^(?:host|x-|forwarded|true|cf|proxy|script)/.test(name));
    const { "x-request-id": id, ...rest } = Object.fromEntries(told);
    assert.match(id ?? "", /^[\w@-]{20,}$/);
    const host = `publ.${domain}:${site.httpsPort}`;
    assert.deepEqual(rest, {
      host,
      "x-real-ip": site.machine.gateway,
      "x-forwarded-for": site.machine.gateway,
      "x-forwarded-proto": "https",
      "x-forwarded-host": host,
      "x-forwarded-port": String(site.httpsPort),
      "x-scheme": "https",
      "x-request-uri": "/entry",
    });
  });

  it("sends plain HTTP to https", async () => {
    const answer = await site.request(`http://publ.${domain}/a?b`, { method: "POST" });
    assert.deepEqual([answer.status, answer.headers.location], [308, [`${site.origin(`publ.${domain}`)}/a?b`]]);
  });

  it("answers from files", async () => {
    const answer = await ask(`docs.${domain}`, "/");
    assert.deepEqual([answer.status, answer.body.includes("<h1>Docs</h1>")], [200, true]);
    assert.deepEqual(answer.headers["cache-control"], ["no-cache"]);
  });

  itKeepsWebsockets(site);

  it("answers every request while it reloads, an app restarts and another comes", async () => {
    const { failed } = await loaded(domain, "/app1/x", async () => {
      for (const act of ["reload apache2", "restart app-one.service", "reload apache2", "restart app-one.service"]) {
        await site.machine.exec(`systemctl ${act}`);
        await pause(500);
      }
      await site.apply([...apps, echo("later", { domain, path: "/later/" })]);
    });
    assert.deepEqual(failed, []);
    assert.equal((await seen(domain, "/later/x")).app, "later");
  });

  it("answers every request while the instances of an app get a release, one after the other", async () => {
    const changed = apps.map((app) => (app.name === "turns" ? { ...app, environment: { ECHO: "another" } } : app));
    const { failed } = await loaded(balanceDomain, "/turns/", () => site.apply(changed), 10);
    assert.deepEqual(failed, []);
  });

  it("answers every request while there are fewer instances, and more again", async () => {
    const one = apps.map((app) =>
      app.name === "turns" ? { ...app, process: { ...app.process!, instances: 1 } } : app,
    );
    const both = async (): Promise<void> => {
      await site.apply(one);
      await site.apply(apps);
    };
    const { failed } = await loaded(balanceDomain, "/turns/", both, 12);
    assert.deepEqual(failed, []);
  });

  it("loses what an instance has in hand that is killed, and nothing else", async () => {
    const kill = ["systemctl", "kill", "--signal=SIGKILL", serviceUnit("turns", 2)];
    const { failed, sent } = await loaded(balanceDomain, "/turns/", () => site.machine.exec(kill), 4);
    process.stderr.write(`      ${failed.length} of ${sent} failed\n`);
    // At 100 a second and some 10 ms for each, it has one or two in hand.
    assert.ok(failed.length <= 3, failed.map(({ reason }) => reason).join());
  });

  it("takes the place of nginx, and gives it back", async () => {
    const server = async (): Promise<string[] | undefined> => (await ask(domain, "/app1/x")).headers["server"];
    await site.apply(apps, words);
    assert.deepEqual(await server(), ["nginx"]);
    await site.apply(apps, { ...web, ...words });
    assert.deepEqual(await server(), ["Apache"]);
  });

  it("is not changed to files that httpd refuses", async () => {
    await site.machine.exec("mkdir -p /etc/apache2/sites && echo Nonsense > /etc/apache2/sites/own.conf");
    await assert.rejects(
      site.apply([...apps, echo("unheard", { domain, path: "/unheard/" })]),
      /apache2 refuses the new configuration, nothing was changed/,
    );
    await site.machine.exec("rm /etc/apache2/sites/own.conf");
    assert.equal((await seen(domain, "/app1/x")).app, "one");
  });
});

describe("a site by Apache httpd on Debian 13", function () {
  this.timeout(60_000);
  const asker = "127.0.9.9";
  const site = useSite({
    debian: 13,
    web,
    front: () => [applicationLoadBalancerHop({ addresses: [`${asker}/32`] })],
    apps: [echo("root", { domain, stripPrefix: true }), docs, live(domain)],
  });

  it("answers with each app's own pages", async () => {
    for (const [name, text] of [
      [domain, '"app": "root"'],
      [`docs.${domain}`, "<h1>Docs</h1>"],
      [`live.${domain}`, "<h1>Live</h1>"],
    ] as const) {
      const answer = await site.request(`${site.origin(name)}/`);
      assert.deepEqual([answer.status, answer.body.includes(text)], [200, true], `${name}: ${answer.body}`);
    }
  });

  itKeepsWebsockets(site);

  it("answers a balancer that names nobody, and tells others nothing of the health of apps", async () => {
    const ask = async (from: string, path: string, host: string): Promise<string> => {
      const { stdout } = await site.machine.attempt([
        ...["curl", "--silent", "--insecure", "--output", "/dev/null", "--write-out", "%{http_code}"],
        ...["--interface", from, "--header", `Host: ${host}`, `https://127.0.0.1${path}`],
      ]);
      return stdout;
    };
    const statuses = [
      await ask(asker, healthPath("root"), "127.0.0.1"),
      await ask(asker, healthPath("docs"), "127.0.0.1"),
      await ask(asker, "/", `docs.${domain}`),
      await ask("127.0.0.1", healthPath("root"), "127.0.0.1"),
    ];
    assert.deepEqual(statuses, ["200", "200", "200", "403"]);
  });

  it("agrees on keys by X25519MLKEM768 with clients that can", async () => {
    const client = ["openssl", "s_client", "-connect", "127.0.0.1:443", "-servername", domain];
    const { stdout } = await site.machine.attempt([...client, "-groups", "X25519MLKEM768"]);
    assert.match(stdout, /Negotiated TLS1\.3 group: X25519MLKEM768/);
  });
});
