import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import { CertificateFrom } from "../../../components/app/domain-settings";
import { namesOf, webNamesOf } from "../../../components/app/names";
import { Web, WebProgram } from "../../../components/app/web";
import { webProblems } from "../../../components/app/validation/web";
import { describeProblems } from "../../../components/app/problem";
import { forwardedPorts } from "../../../components/local/forwarded-ports";
import { directHops } from "../../../components/host/hops";
import { withNames } from "../../../components/host/names";
import { HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { appAddresses } from "../../../components/host/site-addresses";

const own: App = {
  name: "own",
  source: {},
  process: { command: ["serve"] },
  tls: { domain: "own.example.com" },
  listen: { publicPorts: [443, 9988] },
};
const routed: App = {
  name: "shop",
  source: {},
  process: { command: ["serve"] },
  routes: [{ domain: "www.example.com" }],
};
const behind: App = {
  ...routed,
  name: "inside",
  tls: { domain: "in.example.com" },
  routes: [{ domain: "in.example.com" }],
};
const beside: App = { ...own, listen: { publicPorts: [9988] } };
const acme = { directory: "https://acme.example.com/directory", email: null };

const plan = (apps: App[], web: Web = {}, byHost = false): HostPlan =>
  planHost({ apps, code: {}, debian: 12, hops: directHops, web, ...(byHost && { certificates: { acme } }) });
const textOf = ({ files }: HostPlan, path: string): string => files.find((file) => file.path === path)?.content ?? "";
const service = (made: HostPlan, app: string): string => textOf(made, `/etc/systemd/system/app-${app}.service`);

describe("an app that ends TLS itself", () => {
  it("gets certificate and key as credentials of its unit, and in no other way", () => {
    const unit = service(plan([own]), "own");
    assert.deepEqual(unit.match(/.*\/etc\/landfall\/tls.*/g), [
      "LoadCredential=tls.crt:/etc/landfall/tls/own.example.com/fullchain.pem",
      "LoadCredential=tls.key:/etc/landfall/tls/own.example.com/privkey.pem",
    ]);
  });

  it("has a certificate, and restarts with another one", () => {
    assert.deepEqual(plan([own]).certificates, [
      {
        domain: "own.example.com",
        folder: "/etc/landfall/tls/own.example.com",
        parameter: "tls/own.example.com",
        restarts: ["app-own.service"],
      },
    ]);
  });

  it("needs no web server, and has its public ports alone, from descriptor 3 on", () => {
    const made = plan([own]);
    assert.deepEqual(made.packages, ["ca-certificates", "openssl"]);
    assert.deepEqual(
      made.units.map(({ name }) => name),
      ["app-own.socket", "app-own.service"],
    );
    const socket = textOf(made, "/etc/systemd/system/app-own.socket");
    assert.deepEqual(socket.match(/ListenStream=.*/g), ["ListenStream=443", "ListenStream=9988"]);
  });

  it("is asked for its health by HTTPS on its first port", () => {
    const web = (app: App): unknown => plan([app]).health[0]?.web;
    assert.deepEqual(web(own), { host: "own.example.com", path: "/", status: 200 });
    assert.deepEqual(web({ ...beside, health: { path: "well", status: 204 } }), {
      host: "own.example.com",
      path: "/well",
      status: 204,
      port: 9988,
    });
  });

  it("is behind nginx by TLS, on its own socket or port", () => {
    const location = (app: App): string => textOf(plan([app]), "/etc/nginx/sites/in.example.com.conf");
    for (const app of [behind, { ...behind, listen: { via: ListenVia.Port, port: 8000 } }])
      assert.match(
        location(app),
        /proxy_ssl_name in\.example\.com;\n +proxy_ssl_protocols TLSv1\.2 TLSv1\.3;[^}]*proxy_pass https:/,
      );
  });

  it("is led to by nginx, which answers the challenges for its domain", () => {
    const text = textOf(plan([routed, beside]), "/etc/nginx/sites/own.example.com.conf");
    assert.match(
      text,
      /listen 80[\s\S]*acme-challenge[\s\S]*return 308 https:\/\/own\.example\.com:9988\$request_uri;/,
    );
    assert.doesNotMatch(text, /ssl/);
  });

  it("is led to by HAProxy, which answers the challenges for its domain", () => {
    const files = plan([routed, beside], { program: WebProgram.HAProxy }).files;
    const text = files.find(({ path }) => path === "/etc/haproxy/haproxy.cfg")?.content ?? "";
    assert.match(
      text,
      /acl (\S+) [^\n]* own\.example\.com\n +http-request redirect [^\n]*:9988[^\n]* if \1 !{ path_beg \/\.well-k/,
    );
    assert.doesNotMatch(text, /bind [^\n]*9988/);
  });

  it("has its port for itself beside nginx", () => {
    const made = plan([routed, beside]);
    const nginx = made.files.filter(({ path }) => path.startsWith("/etc/nginx")).map(({ content }) => content);
    assert.doesNotMatch(nginx.join(""), /listen [^;]*9988/);
  });

  it("is known by its names, which are none of the web server's", () => {
    const web: Web = { domains: [{ domain: "own.example.com", aliases: ["also.example.com"] }] };
    assert.deepEqual(namesOf([routed, own], web), ["also.example.com", "own.example.com", "www.example.com"]);
    assert.deepEqual(webNamesOf([routed, own], web), ["www.example.com"]);
    assert.deepEqual(plan([own], web).certificates[0]?.names, ["also.example.com"]);
  });

  it("has its certificate from where the domain's settings say", () => {
    const web: Web = { domains: [{ domain: "own.example.com", certificate: CertificateFrom.SelfSigned }] };
    assert.deepEqual(webProblems(web, [own]), []);
    assert.equal(plan([own], web).certificates[0]?.selfSigned, true);
  });

  it("has no settings of plain HTTP, ports and names that lead there", () => {
    const web: Web = {
      domains: [{ domain: "own.example.com", redirects: ["old.example.com"], ports: { https: 9443 } }],
    };
    const said = describeProblems("", webProblems(web, [own]));
    for (const key of ["redirects", "ports"])
      assert.match(said, new RegExp(`web\\.domains\\[0\\]\\.${key} +has no effect, an app answers there by itself`));
  });

  it("may be behind any web server, and beside it", () => {
    for (const program of Object.values(WebProgram))
      assert.deepEqual(webProblems({ program }, [behind, beside]), [], program);
  });

  it("is behind httpd by TLS, and led to by it on the port for plain HTTP alone", () => {
    const web = { program: WebProgram.Apache };
    assert.deepEqual(webProblems(web, [behind, beside]), []);
    const made = plan([behind, beside], web);
    assert.match(
      textOf(made, "/etc/apache2/sites/in.example.com.conf"),
      /BalancerMember "unix:[^"]*\|https:[^<]*SSLProxyEngine On\n/,
    );
    const text = textOf(made, "/etc/apache2/sites/own.example.com.conf");
    assert.match(text, /<VirtualHost "\*:80">[\s\S]*acme-challenge[\s\S]*https:\/\/own\.example\.com:9988%1/);
    assert.doesNotMatch(text, /SSL|443/);
    assert.doesNotMatch(textOf(made, "/etc/apache2/apache2.conf"), /Listen 9988/);
  });

  it("has addresses with its port, on the host and through another one in front of 443", () => {
    const address = (app: App, hops = directHops): string | undefined => {
      const named = withNames(hops, [app], {});
      return appAddresses([app], plan([app]).health, named)[0]?.url;
    };
    assert.equal(address(own), "https://own.example.com/");
    assert.equal(address(beside), "https://own.example.com:9988/");
    assert.equal(address(own, { ...directHops, publicHttpsPort: 8443 }), "https://own.example.com:8443/");
  });

  it("is reached from this computer", () =>
    assert.deepEqual(forwardedPorts([own], {}, { ...directHops, publicHttpsPort: 8443 }), [
      { from: 8443, to: 443 },
      { from: 9988, to: 9988 },
    ]));

  describe("with a certificate by ACME", () => {
    const hook = (apps: App[], web: Web = {}): string =>
      textOf(plan(apps, web, true), "/etc/letsencrypt/renewal-hooks/deploy/landfall");

    it("is restarted by certbot's hook, alone where no web server is", () => {
      const text = hook([own]);
      assert.match(text, /^UNIT = ""$/m);
      assert.match(text, /^RESTARTS = \{"own\.example\.com":\["app-own\.service"\]\}$/m);
      assert.match(hook([routed, beside]), /^UNIT = "nginx\.service"$/m);
    });

    it("is asked for by the host", () => {
      const made = plan([own], {}, true);
      assert.deepEqual([made.acme, made.certificates[0]?.parameter], [acme, null]);
      assert.ok(made.packages.includes("certbot"));
    });
  });
});
