import assert from "node:assert/strict";
import { join } from "node:path";
import { connect, type PeerCertificate } from "node:tls";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import { pound } from "../../components/app/presets/pound";
import { staticSite } from "../../components/app/presets/static-site";
import { type Web, WebProgram } from "../../components/app/web";
import { TlsFront } from "../../components/app/web-front";
import { corsApps, corsBehaviour } from "../behaviour/cors";
import { burstApps, burstBehaviour, hardeningBehaviour, hardeningProcesses } from "../behaviour/hardening";
import { namesApps, namesBehaviour, namesWeb, strangersBehaviour } from "../behaviour/names";
import { pathsApps, pathsBehaviour, pathsDomain } from "../behaviour/paths";
import { patternsApps, patternsBehaviour } from "../behaviour/patterns";
import { applicationLoadBalancerHop, type Hop } from "../../components/host/hop";
import { healthPath } from "../../components/host/hops";
import { lies } from "../components/host/nginx/lies";
import { eventually } from "../eventually";
import { TestSite, useSite } from "./site";

const domain = "data.example.com";

interface Seen {
  app: string;
  process: number;
  url: string;
  headers: Partial<Record<string, string>>;
  body: number;
}

function sockets(name: string, routes: Omit<Route, "domain">[], instances?: number): App {
  return command({
    name,
    source: { directory: join(__dirname, "site-apps/sockets") },
    command: ["python3", "sockets.py", name],
    ...(instances && { instances }),
    routes: routes.map((route) => ({ domain, ...route })),
    health: { contains: `"app": "${name}"` },
  });
}

/** The dataserver: its pages, and the sockets of its browsers. */
const dataserver = sockets("dataserver", [
  { path: "/dataserver/" },
  { path: "/socket.io/", websocket: true, readTimeoutSeconds: 86_400 },
]);
const documents = staticSite({
  name: "documents",
  source: { directory: join(__dirname, "site-apps/docs") },
  domains: [domain],
});
/** An app that ends TLS itself. */
const inside = "inside.example.com";
const secure = command({
  name: "secure",
  source: { directory: join(__dirname, "site-apps/secure") },
  command: ["python3", "secure.py"],
  tls: { domain: inside },
  routes: [{ domain: inside }],
  health: { contains: '"scheme": "https"' },
});
const seedApps: App[] = [dataserver, documents, ...namesApps];

/** nginx behind a front, on another port than its usual one, which is a name's. */
const behind = (front: Web): Web => ({ ...namesWeb, ...front, front: { ...front.front!, port: nginxPort } });
const nginxPort = 8081;

/** What all sites begin with. */
const begun: Current = { apps: seedApps, web: behind(pound({ program: TlsFront.Hitch })) };

const ask = async (site: TestSite, path: string, headers: Record<string, string> = {}): Promise<Seen> => {
  const answer = await site.request(`${site.origin(domain)}${path}`, { headers });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body) as Seen;
};

const addresses = ({ headers }: Seen): unknown[] => [headers["x-real-ip"], headers["x-forwarded-for"]];

/** The certificate that a name is answered with; fails where the handshake is refused. */
function served(site: TestSite, servername: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: site.machine.address, port: 443, servername, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

/**
 * What holds whatever ends TLS, and wherever requests go on to. Call it in the body of `describe`.
 *
 * @param mayFail share of the requests that may fail while it reloads
 */
function tlsBehaviour(site: TestSite, plain: string, mayFail = 0): void {
  for (const [where, path] of [
    ["an app", plain],
    ["the app of websockets", "/socket.io/"],
  ] as const) {
    it(`${where} is told the client's address, and that it came by TLS`, async () => {
      const seen = await ask(site, path);
      assert.deepEqual(addresses(seen), [site.machine.gateway, site.machine.gateway]);
      assert.equal(seen.headers["x-forwarded-proto"], "https");
      assert.equal(seen.headers.host, `${domain}:${site.httpsPort}`);
    });

    it(`${where} is told no lie of a client`, async () => {
      const { headers, ...seen } = await ask(site, path, { ...lies, X_Forwarded_For: "6.6.6.6", X_Real_IP: "6.6.6.6" });
      assert.deepEqual(addresses({ headers, ...seen }), [site.machine.gateway, site.machine.gateway]);
      const told = JSON.stringify({ ...headers, "x-delay": undefined });
      assert.doesNotMatch(told, /6\.6\.6\.6|evil|6666/);
    });
  }

  it("a websocket of socket.io goes through, and knows where it is from", async () => {
    const url = `${site.origin(domain)}/socket.io/?EIO=4&transport=websocket`;
    const socket = await site.websocket(url, { headers: lies });
    const seen = JSON.parse(await socket.next()) as Seen;
    assert.deepEqual([seen.app, seen.url], ["dataserver", "/socket.io/?EIO=4&transport=websocket"]);
    assert.deepEqual(addresses(seen), [site.machine.gateway, site.machine.gateway]);
    socket.send("hello");
    assert.equal(await socket.next(), "hello");
    socket.close();
  });

  it("plain HTTP is sent to TLS, on the port that clients know", async () => {
    const answer = await site.request(`http://${domain}/dataserver/x?y=z`, { method: "POST", body: "a" });
    assert.deepEqual([answer.status, answer.headers.location], [308, [`${site.origin(domain)}/dataserver/x?y=z`]]);
  });

  it("plain HTTP for a name that is nobody's is no answer", async () => {
    await assert.rejects(site.request("http://other.example.com/"), /ECONNRESET|socket hang up/);
  });

  it("a path with dots is refused", async () => {
    const answer = await site.request(`${site.origin(domain)}/socket.io/../dataserver/`);
    assert.equal(answer.status, 400);
  });

  it("answers say that the site is to be asked by TLS alone, once", async () => {
    for (const path of ["/socket.io/", plain]) {
      const { headers } = await site.request(`${site.origin(domain)}${path}`);
      assert.deepEqual(headers["strict-transport-security"], ["max-age=63072000"], path);
      assert.deepEqual(headers["x-content-type-options"], ["nosniff"], path);
    }
  });

  it("a body that is too large is refused before it is sent", async () => {
    const headers = { "Content-Length": String(10 * 1024 * 1024 + 1) };
    const request = { method: "POST", headers, body: "the first bytes of it" };
    const answer = await site.request(`${site.origin(domain)}/socket.io/`, request);
    assert.equal(answer.status, 413);
  });

  const failing = mayFail === 0 ? "no request fails" : `few requests fail (at most ${mayFail * 100} %)`;
  it(`a changed certificate is served at once, ${failing}, and a websocket stays`, async () => {
    const socket = await site.websocket(`${site.origin(domain)}/socket.io/`);
    await socket.next();
    const before = (await served(site, domain)).fingerprint256;
    site.renew(domain);
    let [asked, failed, applied] = [0, 0, false];
    const asking = (async () => {
      while (!applied) {
        asked++;
        const answer = await site.request(`${site.origin(domain)}${plain}`).catch(() => undefined);
        if (answer?.status !== 200) failed++;
      }
    })();
    try {
      await change(site, current.get(site) ?? begun);
    } finally {
      applied = true;
      await asking;
    }
    await eventually(async () => assert.notEqual((await served(site, domain)).fingerprint256, before));
    socket.send("still");
    assert.equal(await socket.next(), "still");
    socket.close();
    assert.ok(asked > 10, `only ${asked} requests were sent`);
    assert.ok(failed <= asked * mayFail, `${failed} of ${asked} requests failed`);
  });

  it("keys are read by nobody but who needs them", async () => {
    const paths = "/etc/landfall/tls/*/privkey.pem /etc/landfall/tls-combined/*.pem";
    const modes = (await site.machine.exec(`stat --format '%a' ${paths}`)).trim().split("\n");
    assert.deepEqual([...new Set(modes)], ["600"]);
    const folder = await site.machine.exec("stat --format '%a' /etc/landfall/tls-combined");
    assert.match(folder.trim(), /^7[05]0$/);
  });
}

/** What a site has now. */
interface Current {
  apps: App[];
  web: Web;
}
const current = new WeakMap<TestSite, Current>();

async function change(site: TestSite, now: Current): Promise<void> {
  current.set(site, now);
  await site.apply(now.apps, now.web);
}

/** Only the front knows the port of nginx: nobody from outside gets there. */
function nginxIsHidden(site: TestSite): void {
  it("nginx is not reached past it", async () => {
    const listening = await site.machine.exec("ss --listening --tcp --numeric --no-header | awk '{print $4}'");
    const ports = listening.trim().split("\n");
    assert.deepEqual(
      ports.filter((port) => port.endsWith(`:${nginxPort}`)),
      [`127.0.0.1:${nginxPort}`],
    );
  });

  describe("names and ports", () => namesBehaviour(site));

  it("a name of ours is not answered on the port of another, for which TLS was begun", async () => {
    const answer = await site.request("https://www.example.com:9988/", { servername: "odd.example.com" });
    assert.equal(answer.status, 421);
  });

  it("files are nginx's", async () => {
    const answer = await site.request(`${site.origin(domain)}/`);
    assert.deepEqual([answer.status, answer.headers.server], [200, ["nginx"]]);
  });

  it("it ends when it dies, and is there again", async () => {
    await site.machine.exec(`systemctl kill --signal KILL ${site.plan.front!.unit}`);
    await eventually(async () => assert.equal((await ask(site, "/dataserver/")).app, "dataserver"));
  });
}

for (const debian of [12, 13]) {
  describe(`what ends TLS on Debian ${debian}`, function () {
    this.timeout(120_000);
    let front: Hop[] = [];
    const site = useSite({ debian, ...begun, front: () => front });

    describe("hitch in front of nginx", () => {
      tlsBehaviour(site, "/dataserver/");
      nginxIsHidden(site);
      strangersBehaviour(site);

      it("a name that is nobody's gets no handshake", async () => {
        await assert.rejects(served(site, "other.example.com"), /unrecognized name/);
      });
    });

    describe("HAProxy in Pound's place", () => {
      before(() => change(site, { apps: seedApps, web: behind(pound()) }));
      tlsBehaviour(site, "/dataserver/");
      nginxIsHidden(site);
      strangersBehaviour(site);

      it("a name that is nobody's gets no handshake", async () => {
        await assert.rejects(served(site, "other.example.com"), /unrecognized name|alert/);
      });

      it("websockets reach their app past nginx", async () => {
        const log = "wc -l < /var/log/nginx/access.log";
        await site.machine.exec("sleep 2");
        const before = await site.machine.exec(log);
        await ask(site, "/socket.io/");
        await site.machine.exec("sleep 2");
        assert.equal(await site.machine.exec(log), before);
      });
    });

    describe("HAProxy that hands on connections", () => {
      before(() => change(site, { apps: seedApps, web: behind({ front: { program: TlsFront.HAProxy } }) }));
      tlsBehaviour(site, "/dataserver/");
      nginxIsHidden(site);
      strangersBehaviour(site);
    });

    describe("stunnel in front of nginx", () => {
      before(() => change(site, { apps: seedApps, web: behind({ front: { program: TlsFront.Stunnel } }) }));
      // It closes its port, and opens it again.
      tlsBehaviour(site, "/dataserver/", 0.1);
      nginxIsHidden(site);

      it("a name that is nobody's is refused once it asks", async () => {
        const answer = await site.request("https://other.example.com/", { servername: domain });
        assert.equal(answer.status, 421);
      });
    });

    describe("HAProxy as the web server", () => {
      const many = { ...sockets("many", [{ path: "/many/" }], 2), balance: { sticky: true } };
      const asked = [...pathsApps, ...patternsApps, ...hardeningProcesses, ...burstApps, ...corsApps, ...namesApps];
      before(() =>
        change(site, { apps: [...asked, secure, dataserver, many], web: { ...namesWeb, program: WebProgram.HAProxy } }),
      );
      tlsBehaviour(site, "/dataserver/");
      pathsBehaviour(site);
      describe("names and ports", () => {
        namesBehaviour(site);
        strangersBehaviour(site);
      });
      describe("patterns", () => patternsBehaviour(site));
      describe("hardening", () => hardeningBehaviour(site, false));
      describe("limits", () => burstBehaviour(site));
      describe("what pages of other origins may read", () => corsBehaviour(site));

      it("an app that ends TLS itself is asked by TLS", async () => {
        const { status, body } = await site.request(`${site.origin(inside)}/`);
        assert.deepEqual([status, (JSON.parse(body) as { scheme: string }).scheme], [200, "https"]);
      });

      it("answers are compressed for who takes it", async () => {
        const encoding = async (accepted: string): Promise<unknown[]> => {
          const headers = { "Accept-Encoding": accepted, "X-Answer": JSON.stringify({ "Content-Type": "text/plain" }) };
          const got = await site.request(`${site.origin("www.example.com")}/`, { headers });
          return [got.headers["content-encoding"], got.headers.vary];
        };
        assert.deepEqual(await encoding("gzip"), [["gzip"], ["Accept-Encoding"]]);
        assert.deepEqual(await encoding("identity"), [undefined, ["Accept-Encoding"]]);
      });

      it("nginx runs no more", async () => {
        await assert.rejects(site.machine.exec("systemctl is-active nginx.service"), /inactive|exit|status/i);
      });

      it("a name that is nobody's gets no handshake", async () => {
        await assert.rejects(served(site, "other.example.com"), /unrecognized name|alert/);
      });

      it("a name of ours that TLS was begun for under another is answered as its own; one that is not ours is not", async () => {
        const under = (name: string) => site.request(`https://${name}/`, { servername: pathsDomain });
        assert.deepEqual([(await under(pathsDomain)).status, (await under("other.example.com")).status], [200, 421]);
      });

      it("where no route begins there is nothing", async () => {
        const answer = await site.request(`${site.origin(domain)}/nothing`);
        assert.deepEqual([answer.status, answer.headers["x-frame-options"]], [404, ["SAMEORIGIN"]]);
      });

      it("a client stays with the instance that answered it first", async () => {
        const first = await site.request(`${site.origin(domain)}/many/`);
        const [cookie = ""] = first.headers["set-cookie"] ?? [];
        assert.match(cookie, /^landfall_many=[12];.*HttpOnly; Secure; SameSite=Lax$/i);
        const { process } = JSON.parse(first.body) as Seen;
        const Cookie = cookie.split(";")[0]!;
        for (let i = 0; i < 4; i++) assert.equal((await ask(site, "/many/", { Cookie })).process, process);
        const others = new Set<number>();
        for (let i = 0; i < 4; i++) others.add((await ask(site, "/many/")).process);
        assert.equal(others.size, 2);
      });

      it("its log tells who asked for what, as lines of JSON", async () => {
        await ask(site, "/dataserver/logged", { "User-Agent": 'a "quoted" agent' });
        await eventually(async () => {
          const lines = await site.machine.exec("journalctl --identifier haproxy --output cat --no-pager --lines 20");
          const found = lines.split("\n").find((text) => text.includes("logged"));
          assert.ok(found, lines);
          const { client, host, uri, agent, status } = JSON.parse(found) as Record<string, string>;
          assert.deepEqual(
            { client, host, uri, agent, status },
            {
              client: site.machine.gateway,
              host: domain,
              uri: "/dataserver/logged",
              agent: 'a "quoted" agent',
              status: "200",
            },
          );
        });
      });

      describe("behind a load balancer that begins TLS without a name", () => {
        before(async () => {
          front = [applicationLoadBalancerHop({ addresses: [`${site.machine.address}/32`] })];
          await change(site, { apps: [dataserver], web: { program: WebProgram.HAProxy } });
        });
        after(() => {
          front = [];
        });
        // curl sends no name to an address.
        const asked = (host: string, path: string, ...words: string[]): Promise<string> =>
          site.machine.exec(
            ["curl", "-sk", "-o", "/dev/null", "-w", "%{http_code}", "-H", `Host: ${host}`].concat(
              ...words,
              `https://${site.machine.address}${path}`,
            ),
          );

        it("requests are answered by their Host", async () =>
          assert.deepEqual(
            [await asked(domain, "/dataserver/"), await asked("other.example.com", "/dataserver/")],
            ["200", "421"],
          ));

        it("it is told of an app's health, and nobody else is", async () => {
          const path = healthPath("dataserver");
          const client = ["-H", "X-Forwarded-For: 203.0.113.9"];
          assert.deepEqual([await asked("10.0.0.5", path), await asked("10.0.0.5", path, ...client)], ["200", "403"]);
        });
      });
    });
  });
}
