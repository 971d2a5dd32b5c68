import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { BalanceMethod } from "../../../../components/app/balance";
import { literalDomains, withLiteralDomains } from "../../../../components/app/route/domains";
import { withAliases } from "../../../../components/app/names";
import { validateApps } from "../../../../components/app/validate";
import { webProblems } from "../../../../components/app/validation/web";
import { TlsFront } from "../../../../components/app/web-front";
import { guest } from "../../../../components/host/guest";
import { haproxyFiles } from "../../../../components/host/haproxy/files";
import { applicationLoadBalancerHop, networkLoadBalancerHop } from "../../../../components/host/hop";
import { directHops, HopChain } from "../../../../components/host/hops";
import type { PlannedFile } from "../../../../components/host/plan";
import { withNames } from "../../../../components/host/names";
import { planTlsFront } from "../../../../components/host/plan-tls-front";
import { namesApps, namesWeb } from "../../../behaviour/names";
import { sampleApps } from "../nginx/sample-apps";
import { assertGolden } from "../golden";
import { haproxyComplaints } from "./configuration-check";
import { everywhere, randomApp, randomFront, randomWeb } from "./random-apps";

const golden = join(__dirname, "golden");
const apps = sampleApps.filter((app) => app.process);
const far: App = {
  name: "far",
  source: {},
  servers: [
    { address: "10.0.1.12", port: 8080, weight: 3, maxConnections: 200 },
    { address: "fd00::12", port: 8080 },
    { address: "10.0.1.14", port: 8081, backup: true },
  ],
  balance: { method: BalanceMethod.LeastConnections, sticky: true, queueSeconds: 20, failSeconds: 5, maxFails: 2 },
  health: { path: "health", status: 204 },
  routes: [{ domain: "far.example.com" }],
};

const textOf = (files: readonly PlannedFile[]): string =>
  files.map(({ path, content }) => `==== ${path}\n${content}`).join("\n");

const tlsFront = (of: readonly App[], direct?: string[], hops: HopChain = directHops): PlannedFile[] =>
  planTlsFront(of, { program: TlsFront.HAProxy, ...(direct && { direct }) }, hops, guest(12)).files;

describe("HAProxy's configuration", function () {
  this.timeout(60_000);
  const hops: HopChain = {
    ...directHops,
    publicHttpsPort: 8443,
    front: [
      applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] }),
      applicationLoadBalancerHop({ addresses: ["10.0.2.0/24"], idleSeconds: 30 }),
    ],
  };
  const named = withAliases(namesApps, namesWeb);
  const cases: Record<string, PlannedFile[]> = {
    "web-server": haproxyFiles([...apps, far], hops, guest(12)),
    "web-server-debian13": haproxyFiles(apps.slice(0, 1), directHops, guest(13)),
    "behind-proxy-protocol": haproxyFiles(
      apps.slice(0, 1),
      { ...directHops, front: [networkLoadBalancerHop({ proxyProtocolFrom: ["10.0.1.0/24"] })] },
      guest(12),
    ),
    names: haproxyFiles(named, withNames(directHops, named, namesWeb), guest(12), namesWeb),
    pound: tlsFront(sampleApps, ["/chat/"]),
    "tls-front": tlsFront(sampleApps),
  };
  for (const [name, files] of Object.entries(cases)) {
    it(`is as in ${name}.txt`, () => assertGolden(join(golden, `${name}.txt`), textOf(files)));

    it(`is taken by HAProxy without a warning: ${name}`, () => {
      // Debian 12's program does not know the newest curve, and its OpenSSL not the mark that makes it optional.
      const known = files.map((file) => ({ ...file, content: file.content.replaceAll("?X25519MLKEM768:", "") }));
      assert.equal(haproxyComplaints(known, literalDomains([...sampleApps, ...namesApps, far])), "");
    });
  }

  it("keeps connections of clients for as long as it is told", () => {
    const text = textOf(haproxyFiles(apps, directHops, guest(12), { keepAliveSeconds: 20 }));
    assert.match(text, /^ +timeout http-keep-alive 20s$/m);
  });

  it("leaves to nginx what a pattern or a longer prefix of its routes has, below a path that goes straight to its app", () => {
    const domain = "www.example.com";
    const proxied = (name: string, ...routes: Omit<Route, "domain">[]): App => ({
      name,
      source: {},
      process: { command: ["app"] },
      routes: routes.map((route) => ({ domain, ...route })),
    });
    const some = [
      proxied("all", { path: "/live/" }, { path: "/live/pages/" }, { path: "/other/" }),
      proxied("found", { pattern: "/.*/search/" }),
      { name: "files", source: {}, routes: [{ domain, path: "/live/files/", serve: ServeBy.Files }] },
    ];
    const text = textOf(tlsFront(some, ["/live/"]));
    const taken = [...text.matchAll(/set-var\(txn\.route\) str\((.*?)\)/g)].map(([, name]) => name);
    assert.deepEqual(taken, ["all.0", "files.0", "all.1", "found.0"]);
    assert.deepEqual(text.match(/use_backend .*/g), ["use_backend app-all if { var(txn.route) -m str all.0 }"]);
  });

  it("is taken by HAProxy for whatever is valid", () => {
    let valid = 0;
    const apps = fc.tuple(fc.constant(everywhere), randomApp("a"), randomApp("b-c"), randomApp("d"));
    fc.assert(
      fc.property(apps, randomWeb, randomFront, (written, web, front) => {
        fc.pre(validateApps(written).length === 0 && webProblems(web, written).length === 0);
        valid++;
        const plain = withLiteralDomains(written);
        const named = withAliases(written, web);
        const complaints = (files: PlannedFile[]): string => haproxyComplaints(files, literalDomains(named));
        const hops = withNames(directHops, named, web);
        assert.equal(complaints(haproxyFiles(named, hops, guest(12), web)), "");
        assert.equal(complaints(haproxyFiles(plain, { ...directHops, front }, guest(12))), "");
        const paths = plain.flatMap(({ routes = [] }) => routes.filter(({ pattern }) => pattern === undefined));
        const direct = [...new Set(paths.map((one) => one.path ?? "/"))].slice(0, 2);
        assert.equal(complaints(tlsFront(plain, direct)), "");
      }),
      { numRuns: 12 },
    );
    assert.ok(valid >= 10);
  });
});
