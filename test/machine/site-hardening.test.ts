import assert from "node:assert/strict";
import { corsApps, corsBehaviour } from "../behaviour/cors";
import { hardeningApps, hardeningBehaviour, burstApps, burstBehaviour, strictDomain } from "../behaviour/hardening";
import { sharedCookieApps, sharedCookieOrigins } from "../behaviour/shared-cookies";
import { machine, TestMachine } from "./machine";
import { pythonEnvironment } from "./python-environment";
import { newStack, useSite } from "./site";

describe("a hardened site", function () {
  this.timeout(60_000);
  const stack = newStack();
  const site = useSite({
    debian: 12,
    stack,
    apps: [...hardeningApps, ...burstApps, ...corsApps, ...sharedCookieApps],
  });

  describe("by nginx", () => hardeningBehaviour(site));
  describe("limits", () => burstBehaviour(site));
  describe("for pages of other origins", () => corsBehaviour(site));

  it("has files that gixy finds nothing medium or high in", async function () {
    this.timeout(120_000); // its first installation
    const tools = `${await pythonEnvironment(site.machine, "gixy-next==0.9.0\ncrossplane==0.5.8\n")}/bin`;
    // Findings end it with status 1.
    const { stdout } = await site.machine.attempt([`${tools}/gixy`, "-f", "json", "/etc/nginx/nginx.conf"]);
    const findings = JSON.parse(stdout) as { plugin: string; severity: string; config: string }[];
    assert.deepEqual(
      findings.map(({ plugin, severity, config }) => `${severity} ${plugin}: ${config}`),
      [],
    );
  });

  describe("seen from another machine", () => {
    let other: TestMachine;
    before(async function () {
      this.timeout(400_000); // the first use has to make the image
      const packages = ["bsdextrautils", "chromium", "dnsutils", "testssl.sh"];
      other = await machine({ id: stack, name: "visitor", debian: 13, packages });
    });
    after(async () => await other.remove());

    /** What a script in a page of some origin wrote into the page. */
    const browse = async (url: string): Promise<string> => {
      const options = [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--ignore-certificate-errors"],
        ...[`--host-resolver-rules=MAP * ${site.machine.address}`, "--virtual-time-budget=20000", "--dump-dom"],
      ];
      const page = await other.exec(["chromium", ...options, url], { timeoutSeconds: 50 });
      return /<output id="result">([^<]*)<\/output>/.exec(page)?.[1] ?? page;
    };

    it("lets a browser that is logged in post from a listed origin, with its cookie and token", async () => {
      assert.deepEqual(JSON.parse(await browse(`${sharedCookieOrigins.listed}/`)), {
        user: "anna",
        posted: "saved for anna",
        withoutToken: 403,
        total: "7",
        put: "saved for anna",
      });
    });

    it("keeps the answers from a page of another origin, and the token with them", async () => {
      assert.deepEqual(JSON.parse(await browse(`${sharedCookieOrigins.unlisted}/`)), {
        user: "TypeError",
        posted: "TypeError",
        withoutToken: "TypeError",
        total: "TypeError",
        put: "TypeError",
      });
    });

    it("has TLS that testssl.sh grades A+", async function () {
      this.timeout(1_000_000); // it tries what every old client would: 6 minutes on two processors that others use as well
      await other.writeFile("/root/ca.pem", site.ca);
      const words = ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--add-ca", "/root/ca.pem"];
      const said = await other.attempt([...words, "--ip", site.machine.address, `${strictDomain}:443`], {
        timeoutSeconds: 990,
      });
      assert.match(said.stdout, /Overall Grade\s+A\+/, `${said.code} ${said.stdout} ${said.stderr}`);
    });
  });
});
