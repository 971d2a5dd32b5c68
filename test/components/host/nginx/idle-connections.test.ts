import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { App } from "../../../../components/app/app";
import { gunicorn } from "../../../../components/app/presets/gunicorn";
import { hypercorn } from "../../../../components/app/presets/hypercorn";
import { uvicorn } from "../../../../components/app/presets/uvicorn";
import { applicationLoadBalancerHop, cloudFrontHop, Hop } from "../../../../components/host/hop";
import { idleSeconds } from "../../../../components/host/hops";
import { EchoApp } from "./echo-app";
import { askHop } from "./front-hop";
import { Ended, IdleApp } from "./idle-app";
import { IdleHop } from "./idle-hop";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

/** Idle times pass as many times faster, for all sides alike. */
const faster = 30;
const shortened = (seconds: number): number => (seconds * 1000) / faster;

const from = "127.0.1.1";
const addresses = [`${from}/32`];
const connections = 20;

/** What becomes of a hop's connections to an nginx that was planned for some hops. */
async function reused(keepSeconds: number, front: Hop[]): Promise<{ answered: number; failed: number }> {
  const nginx = await RunningNginx.start([app], { front }, {}, faster);
  const echo = new EchoApp("root", nginx.socket("root"));
  await echo.start();
  const args = { from, port: nginx.httpsPort, servername: domain, ca: nginx.certificate(domain) };
  const hop = await IdleHop.open(connections, args);
  try {
    return await hop.reuse(shortened(keepSeconds), domain);
  } finally {
    hop.close();
    await echo.stop();
    await nginx.stop();
  }
}

describe("a hop that uses its idle connections to nginx to the last moment", function () {
  this.timeout(30_000);

  const patient = applicationLoadBalancerHop({ addresses, idleSeconds: 120 });
  const cdn = cloudFrontHop({ addresses, keepSeconds: 120 });
  const usual = applicationLoadBalancerHop({ addresses });

  let outcomes: Record<"balancer" | "cdn" | "toldOfAnother", { answered: number; failed: number }>;
  // Side by side: they do nothing but wait.
  before(async () => {
    const [balancer, behindCdn, toldOfAnother] = await Promise.all([
      reused(patient.keepSeconds, [patient]),
      reused(cdn.keepSeconds, [cdn]),
      reused(patient.keepSeconds, [usual]),
    ]);
    outcomes = { balancer, cdn: behindCdn, toldOfAnother };
  });

  it("finds none of them closed, behind a balancer that keeps them for two minutes", () =>
    assert.deepEqual(outcomes.balancer, { answered: connections, failed: 0 }));

  it("finds none of them closed, behind a CDN that keeps them for two minutes", () =>
    assert.deepEqual(outcomes.cdn, { answered: connections, failed: 0 }));

  it("finds them closed where nginx was told of one that keeps them for a minute", () =>
    assert.deepEqual(outcomes.toldOfAnother, { answered: 0, failed: connections }));
});

/** Seconds for which a program keeps idle connections, as its command line says. */
function keptBy({ process }: App): number {
  const words = process?.command ?? [];
  const option = words.findIndex((word) => /^--(?:timeout-)?keep-alive$/.test(word));
  assert.ok(option >= 0, `nothing is said in ${words.join(" ")}`);
  return Number(words[option + 1]);
}

/** Who ends the connections between nginx and an app: used twice, the second time late, and then left alone. */
async function ended(keepSeconds: number): Promise<Ended> {
  const nginx = await RunningNginx.start([app], {}, {}, faster);
  const idle = new IdleApp(shortened(keepSeconds));
  await idle.start(nginx.socket("root"));
  const tls = { servername: domain, ca: nginx.certificate(domain) };
  const ask = async (): Promise<void> => {
    const question = { port: nginx.httpsPort, path: "/", headers: { Host: domain }, tls };
    const answers = await Promise.all(Array.from({ length: 8 }, () => askHop(question)));
    assert.ok(answers.every(({ status }) => status === 200));
  };
  try {
    await ask();
    await pause(shortened(idleSeconds.upstream) * 0.9);
    await ask();
    await pause(shortened(idleSeconds.app) + 500);
    return { ...idle.ended };
  } finally {
    await idle.stop();
    await nginx.stop();
  }
}

describe("an app whose idle connections nginx uses to the last moment", function () {
  this.timeout(30_000);

  const place = { name: "root", source: {}, routes: [{ domain }] };
  const presets = {
    uvicorn: uvicorn({ ...place, app: "main:app" }),
    gunicorn: gunicorn({ ...place, app: "main:app" }),
    hypercorn: hypercorn({ ...place, app: "main:app" }),
  };

  it("is told by every preset to keep them longer than nginx", () => {
    const kept = Object.values(presets).map(keptBy);
    assert.deepEqual(kept, [idleSeconds.app, idleSeconds.app, idleSeconds.app]);
  });

  let outcomes: Record<"preset" | "usual", Ended>;
  before(async () => {
    const [preset, usual] = await Promise.all([ended(keptBy(presets.uvicorn)), ended(5)]);
    outcomes = { preset, usual };
  });

  it("never ends one: each is used again, and ended by nginx", () =>
    assert.deepEqual(outcomes.preset, { opened: 8, byApp: 0, byNginx: 8 }));

  it("would end each by itself with uvicorn's own five seconds, while nginx counts on it", () =>
    assert.deepEqual(outcomes.usual, { opened: 16, byApp: 16, byNginx: 0 }));
});
