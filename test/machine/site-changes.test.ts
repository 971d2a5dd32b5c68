import assert from "node:assert/strict";
import type { App } from "../../components/app/app";
import { appFolder, dataFolder, serviceUnit, socketPath } from "../../components/app/paths";
import { exampleApps } from "../../examples/apps";
import { load, LoadResult } from "../load";
import { useSite } from "./site";
import { Editions } from "./site-editions";

const domain = "landfall.localhost";

describe("a change of the example site", function () {
  this.timeout(60_000);
  const editions = new Editions();
  const [journal, dashboard, live] = exampleApps({ domain, mailHost: "mail.internal" }) as [App, App, App];
  // Long enough for any of its releases, short enough to wait for one that never becomes healthy.
  live.health = { ...live.health, startSeconds: 4 };
  const web = useSite({ apps: [journal, dashboard, live], debian: 12 });
  after(() => editions.remove());

  /** Main processes of the apps and of nginx, and nginx's workers. */
  const processes = async (): Promise<Record<string, string>> => {
    const units = [...["journal", "dashboard", "live"].map((app) => serviceUnit(app)), "nginx.service"];
    const pids = await web.machine.exec(["systemctl", "show", "--value", "--property=MainPID", ...units]);
    const found = Object.fromEntries(pids.split("\n\n").map((pid, index) => [units[index]!, pid.trim()]));
    const workers = await web.machine.exec(["pgrep", "--parent", found["nginx.service"]!, "--full", "worker process$"]);
    return { ...found, workers };
  };
  const changedSince = async (before: Record<string, string>): Promise<string[]> => {
    const now = await processes();
    return Object.keys(before).filter((name) => before[name] !== now[name]);
  };
  const page = async (path: string, name = domain): Promise<string> =>
    (await web.request(`${web.origin(name)}${path}`)).body;

  /** Asks the live app all the while, a new connection each. */
  const visit = (seconds: number, contains?: string): Promise<LoadResult> =>
    load({
      target: web.target(`live.${domain}`),
      tls: true,
      headers: { Host: `live.${domain}:${web.httpsPort}` },
      methods: ["GET"],
      requestsPerSecond: 25,
      seconds,
      contains,
    });

  it("that is none touches nothing, in a second", async () => {
    const before = await processes();
    const { seconds } = await web.apply([journal, dashboard, live]);
    assert.deepEqual(await changedSince(before), []);
    assert.ok(seconds < 2, `took ${seconds} s`);
  });

  it("of one app's code is there in seconds, and leaves the other apps and nginx alone", async () => {
    const socket = await web.websocket(`${web.origin(`live.${domain}`)}/echo`);
    for (const [app, file, from, to, path] of [
      [journal, "content/notes/harbour.md", "Three lamps", "Four lamps", "/"],
      [dashboard, "index.html", "Harbour dashboard", "Harbour board", "/dashboard/"],
    ] as const) {
      const before = await processes();
      const edited = editions.edit(app, file, from, to);
      const { seconds } = await web.apply([journal, dashboard, live].map((one) => (one === app ? edited : one)));
      // The other one went back to its first edition by the second of these changes.
      const expected = app === journal ? ["journal"] : ["journal", "dashboard"];
      assert.deepEqual(
        await changedSince(before),
        expected.map((app) => serviceUnit(app)),
      );
      assert.ok(seconds < 10, `took ${seconds} s`);
      const link = app === journal ? /href="([^"]+)">Harbour lights/.exec(await page("/"))?.[1] : path;
      assert.ok((await page(new URL(link!, web.origin(domain)).pathname)).includes(to));
    }
    socket.send("still here");
    assert.equal(await socket.next(), "still here");
    socket.close();
    await web.apply([journal, dashboard, live]);
  });

  it("of a route reloads nginx and restarts nothing", async () => {
    const before = await processes();
    const [route] = live.routes!;
    const moved = {
      ...live,
      routes: [
        { ...route!, maxBodyMiB: 1 },
        { domain: `also.${domain}`, websocket: true },
      ],
    };
    const { seconds } = await web.apply([journal, dashboard, moved]);
    assert.deepEqual(await changedSince(before), ["workers"]);
    assert.ok(seconds < 5, `took ${seconds} s`);
    assert.equal(await page("/health", `also.${domain}`), "live is well\n");
    const headers = { "Content-Length": String(1024 * 1024 + 1), Expect: "100-continue" };
    const answer = await web.request(`${web.origin(`live.${domain}`)}/echo`, { method: "POST", headers });
    assert.equal(answer.status, 413);

    await web.apply([journal, dashboard, live]);
    await assert.rejects(page("/health", `also.${domain}`), /alert|unrecognized name/);
  });

  it("to code that does not start is taken back; visitors wait a moment and get the old page", async () => {
    const before = await processes();
    const broken = editions.edit(
      live,
      "main.py",
      "LARGEST_ECHO =",
      'raise RuntimeError("paint is wet")\nLARGEST_ECHO =',
    );
    const visits = visit(8, "<h1>Live</h1>");
    await assert.rejects(web.apply([journal, dashboard, broken]), (error: Error) => {
      assert.match(error.message, /app live/);
      assert.match(error.message, /RuntimeError: paint is wet/);
      assert.match(error.message, /taken back/);
      return true;
    });
    const { failed, sent, slowestMs } = await visits;
    assert.deepEqual(failed, [], `${failed.length} of ${sent} failed`);
    assert.ok(slowestMs < 8000, `the slowest visitor waited ${slowestMs} ms`);
    assert.deepEqual(await changedSince(before), [serviceUnit("live")]);
  });

  it("to code that answers wrongly is taken back, and the other apps do not notice", async () => {
    const before = await processes();
    const wrong = editions.edit(live, "main.py", "live is well", "live is ill");
    const visits = visit(8);
    await assert.rejects(web.apply([journal, dashboard, wrong]), /without the text 'live is well'/);
    assert.equal(await page("/health", `live.${domain}`), "live is well\n");
    const { failed, sent } = await visits;
    assert.deepEqual(failed, [], `${failed.length} of ${sent} failed`);
    assert.deepEqual(await changedSince(before), [serviceUnit("live")]);
  });

  it("after one that was taken back is applied as if nothing had been", async () => {
    const better = editions.edit(live, "page.html", "<h1>Live</h1>", "<h1>Livelier</h1>");
    await web.apply([journal, dashboard, better]);
    assert.match(await page("/", `live.${domain}`), /<h1>Livelier<\/h1>/);
  });

  it("that takes an app away leaves nothing of it but its data", async () => {
    const before = await processes();
    await web.apply([journal, live]);
    const changed = await changedSince(before);
    assert.deepEqual(changed.sort(), [serviceUnit("dashboard"), serviceUnit("live"), "workers"].sort());
    assert.equal((await web.request(`${web.origin(domain)}/dashboard/health`)).status, 404);
    const units = await web.machine.exec("systemctl list-units --all --plain --no-legend 'app-dashboard*'");
    assert.equal(units, "");
    const left = `ls -d ${appFolder("dashboard")} ${socketPath("dashboard")} /etc/systemd/system/app-dashboard* || true`;
    assert.equal(await web.machine.exec(left), "");
    await web.machine.exec(["test", "-d", dataFolder("dashboard")]);
  });
});
