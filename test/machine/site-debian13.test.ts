import assert from "node:assert/strict";
import { join } from "node:path";
import { serviceUnit } from "../../components/app/paths";
import { staticSite } from "../../components/app/presets/static-site";
import { exampleApps } from "../../examples/apps";
import { useSite } from "./site";

const domain = "landfall.localhost";

describe("a site on Debian 13", function () {
  this.timeout(60_000);
  const apps = [
    // Gramex is the one that needs Debian 12.
    ...exampleApps({ domain, mailHost: "mail.internal" }).filter((app) => app.name !== "dashboard"),
    staticSite({
      name: "docs",
      source: { directory: join(__dirname, "site-apps/docs") },
      domains: [`docs.${domain}`],
      contains: "<h1>Docs</h1>",
    }),
  ];
  const site = useSite({ apps });
  /** Talks to nginx with the machine's own OpenSSL, which knows more than this Node.js may. */
  const openssl = async (...words: string[]): Promise<string> => {
    const client = ["openssl", "s_client", "-connect", "127.0.0.1:443", "-servername", `live.${domain}`, ...words];
    return (await site.machine.attempt(client)).stdout;
  };

  it("is what apps that can run on it get", async () => {
    assert.equal(site.plan.debian, 13);
    assert.match(await site.machine.readFile("/etc/os-release"), /^VERSION_ID="13"$/m);
  });

  it("answers with each app's own pages", async () => {
    for (const [name, text] of [
      [domain, "Harbour lights"],
      [`live.${domain}`, "<h1>Live</h1>"],
      [`docs.${domain}`, "<h1>Docs</h1>"],
    ] as const) {
      const answer = await site.request(`${site.origin(name)}/`);
      assert.deepEqual([answer.status, answer.body.includes(text)], [200, true], `${name}: ${answer.body}`);
    }
  });

  it("has a websocket that stays open while nginx reloads", async () => {
    const socket = await site.websocket(`${site.origin(`live.${domain}`)}/echo`);
    await site.machine.exec("systemctl reload nginx");
    socket.send("still here");
    assert.equal(await socket.next(), "still here");
    socket.close();
  });

  it("speaks HTTP/2", async () => {
    const words = ["--resolve", `live.${domain}:443:127.0.0.1`, `https://live.${domain}/health`];
    const said = await site.machine.exec(["curl", "-sk", "--http2", "--write-out", "%{http_version}", ...words]);
    assert.equal(said, "live is well\n2");
  });

  it("agrees on keys by X25519MLKEM768 with clients that can, which quantum computers do not break", async () => {
    assert.match(await openssl("-groups", "X25519MLKEM768"), /Negotiated TLS1\.3 group: X25519MLKEM768/);
    assert.match(await openssl("-groups", "X25519MLKEM768:X25519"), /Negotiated TLS1\.3 group: X25519MLKEM768/);
    assert.match(await openssl("-groups", "X25519"), /Peer Temp Key: X25519/);
  });

  it("refuses what is older than TLS 1.2", async () => {
    assert.match(await openssl("-tls1_2"), /Protocol *: TLSv1\.2/);
    assert.doesNotMatch(await openssl("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"), /Cipher is [A-Z]+-/);
  });

  it("refuses strangers", async () => {
    await assert.rejects(site.request(`${site.origin(domain)}/`, { servername: "stranger.example" }), /alert|name/);
    const answer = await site.request(`${site.origin(domain)}/`, { headers: { Host: "stranger.example" } });
    assert.equal(answer.status, 421);
  });

  it("has files that its own systemd, nginx and cloud-init find nothing wrong with", async () => {
    const units = ["journal", "live"].map((app) => serviceUnit(app));
    const verified = await site.machine.attempt(["systemd-analyze", "verify", ...units]);
    assert.deepEqual([verified.code, verified.stdout, verified.stderr], [0, "", ""]);
    for (const unit of units) {
      const said = await site.machine.exec(["systemd-analyze", "security", "--no-pager", unit]);
      const score = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
      assert.ok(score <= 1.3, `${unit}: ${said}`);
    }
    const { code, stderr } = await site.machine.attempt("nginx -t");
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /warn|alert|emerg/);
    assert.deepEqual(await site.machine.cloudInit(), []);
    assert.equal(await site.machine.exec("systemctl --failed --no-legend --plain"), "");
  });
});
