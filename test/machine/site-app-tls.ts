import assert from "node:assert/strict";
import { join } from "node:path";
import { connect, SecureVersion, TLSSocket } from "node:tls";
import type { App } from "../../components/app/app";
import { serviceUnit, socketPath, tlsKeyFile } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { esg } from "../../components/app/presets/esg";
import { gramex } from "../../components/app/presets/gramex";
import { gunicorn } from "../../components/app/presets/gunicorn";
import { uvicorn } from "../../components/app/presets/uvicorn";
import { probeCertificate } from "../../components/probe/certificate";
import { handshakeWith } from "../../components/probe/handshake";
import type { TestSite } from "./site";

const domain = "tls.example.com";
const inside = "inside.example.com";
const source = { directory: join(__dirname, "site-apps/secure") };
const health = { contains: '"scheme": "https"' };

/** How an app of `appTlsApps` answers by itself. */
const own = (name: string, port: number) => ({ name, source, health, tls: { domain }, publicPorts: [port] });

const ports = { plain: 9440, wsgi: 9441, asgi: 9442, esg: 9443, gramex: 9988 } as const;

/** Apps that end TLS themselves: five on ports of their own, by one certificate, and one that the web server asks. */
export const appTlsApps: readonly App[] = [
  command({ ...own("tls-plain", ports.plain), command: ["python3", "secure.py"] }),
  gunicorn({ ...own("tls-wsgi", ports.wsgi), app: "secure:wsgi" }),
  uvicorn({ ...own("tls-asgi", ports.asgi), app: "secure:asgi" }),
  esg({ ...own("tls-esg", ports.esg), app: "secure:asgi" }),
  gramex({
    ...own("tls-gramex", ports.gramex),
    source: { directory: join(__dirname, "site-apps/gramex-urls/app") },
    requirements: "requirements.txt",
    health: { contains: "Relative URLs" },
  }),
  uvicorn({
    name: "tls-inside",
    source,
    app: "secure:asgi",
    tls: { domain: inside },
    routes: [{ domain: inside }],
    health,
  }),
];

/** An app that the web server asks by TLS, made of nothing but Python. */
export const insideApp: App = command({
  name: "tls-alone",
  source,
  command: ["python3", "secure.py"],
  tls: { domain: inside },
  routes: [{ domain: inside }],
  health,
});

/** Call it in the body of `describe`. */
export function itAsksByTls(site: TestSite, app: string): void {
  it("is asked by TLS where the web server stands before it", async () => {
    assert.equal((await site.request(`${site.origin(inside)}/`)).status, 200);
    const ask = async (scheme: string): Promise<number | null> =>
      (await site.machine.attempt(["curl", "-sk", "--unix-socket", socketPath(app), `${scheme}://${inside}/`])).code;
    assert.equal(await ask("https"), 0);
    assert.notEqual(await ask("http"), 0);
  });
}

/** What apps that end TLS themselves do. Call it in the body of `describe`. */
export function appTlsBehaviour(site: TestSite, apps: readonly App[]): void {
  const url = (port: number): string => `https://${domain}:${port}/`;

  /** Begins TLS, and says what was agreed on. */
  const agreed = (port: number, version: SecureVersion): Promise<{ protocol: string | null; serial: string }> =>
    new Promise((resolve, reject) => {
      const options = { host: site.machine.address, port, servername: domain, ca: site.ca, agent: false };
      const socket: TLSSocket = connect({ ...options, minVersion: version, maxVersion: version }, () => {
        resolve({ protocol: socket.getProtocol(), serial: socket.getPeerCertificate().serialNumber });
        socket.destroy();
      });
      socket.on("error", reject);
    });
  const serials = async (): Promise<string[]> =>
    await Promise.all(Object.values(ports).map(async (port) => (await agreed(port, "TLSv1.3")).serial));
  const mainProcess = async (app: string): Promise<string> =>
    await site.machine.exec(["systemctl", "show", "--value", "--property=MainPID", serviceUnit(app)]);

  for (const [name, port] of Object.entries(ports))
    describe(`${name} on a port of its own`, () => {
      it("answers by the certificate that the host has", async () => {
        assert.equal((await site.request(url(port))).status, 200);
      });

      for (const version of ["TLSv1.2", "TLSv1.3"] as const)
        it(`speaks ${version}`, async () => assert.equal((await agreed(port, version)).protocol, version));

      it("presents nothing that is wrong, and no old version of TLS", async () => {
        const begin = handshakeWith({ host: site.machine.address, port });
        assert.deepEqual(await probeCertificate(begin, url(port), { authorities: [site.ca] }), []);
      });
    });

  for (const name of ["wsgi", "asgi", "esg"] as const)
    it(`believes no client's word of where it is: ${name}`, async () => {
      const headers = { "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http" };
      const { scheme, client } = JSON.parse((await site.request(url(ports[name]), { headers })).body) as Record<
        string,
        string
      >;
      assert.equal(scheme, "https");
      assert.ok(!client?.includes("192.0.2.7"), client);
    });

  it("is led to from plain HTTP by the web server", async () => {
    const answer = await site.request(`http://${domain}/x?y=z`);
    assert.deepEqual([answer.status, answer.headers["location"]], [308, [`${url(ports.plain)}x?y=z`]]);
  });

  itAsksByTls(site, "tls-inside");

  it("has a key that no other user can read", async () => {
    for (const user of ["nobody", "www-data", "app-tls-wsgi"]) {
      const read = await site.machine.attempt(["runuser", "-u", user, "--", "cat", tlsKeyFile("tls-plain")]);
      assert.notEqual(read.code, 0, user);
    }
    const key = await site.machine.readFile(tlsKeyFile("tls-plain"));
    assert.match(key, /PRIVATE KEY/);
  });

  it("takes a renewed certificate without losing a request, and other apps go on", async () => {
    const [before, others] = [await serials(), await mainProcess("tls-inside")];
    site.renew(domain);
    let asked = 0;
    const failed: unknown[] = [];
    const state = { done: false };
    const client = async (port: number): Promise<void> => {
      for (; !state.done; asked++)
        await site
          .request(url(port))
          .then(({ status }) => assert.equal(status, 200))
          .catch((error: unknown) => failed.push(error));
    };
    const clients = [ports.wsgi, ports.asgi, ports.gramex].map(client);
    await site.apply([...apps]).finally(() => (state.done = true));
    await Promise.all(clients);
    assert.deepEqual(failed, []);
    assert.ok(asked > 20, `${asked} requests`);
    for (const [index, serial] of (await serials()).entries()) assert.notEqual(serial, before[index]);
    assert.equal(await mainProcess("tls-inside"), others);
  });
}
