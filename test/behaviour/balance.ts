import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import { uvicorn } from "../../components/app/presets/uvicorn";
import type { ProbeAnswer } from "../../components/probe/ask";
import { echoApp } from "./echo";
import type { OpenSubject, Seen, Subject, SubjectRequest } from "./subject";

/** Where the apps of this behaviour answer. */
export const balanceDomain = "balance.example.com";
const domain = balanceDomain;

/** How many of each app run. */
export const instanceCount = 3;

const apps = join(__dirname, "../machine/site-apps");

const echo = (name: string, sticky: boolean): App =>
  echoApp(name, [{ domain, path: `/${name}/`, stripPrefix: true }], {
    instances: instanceCount,
    ...(sticky ? { balance: { sticky } } : {}),
  });

/** The apps that `balanceBehaviour` asks. */
export const balanceApps: readonly App[] = [
  echo("turns", false),
  echo("stays", true),
  uvicorn({
    name: "socketio",
    source: { directory: join(apps, "socketio") },
    pythonPackages: ["python-socketio==5.18.1"],
    app: "app:app",
    routes: [{ domain, websocket: true }],
    health: { contains: '"app": "socketio"' },
    instances: instanceCount,
    balance: { sticky: true },
  }),
];

/** The cookies of an answer as a browser sends them back. */
const cookies = (answer: ProbeAnswer): string =>
  (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");

/** What every web server does that shares out requests among several instances. Call it in the body of `describe`. */
export function balanceBehaviour(site: Pick<OpenSubject, keyof Subject | "websocket">): void {
  const ask = (path: string, request?: SubjectRequest) => site.request(`${site.origin(domain)}${path}`, request);
  const good = async (path: string, request?: SubjectRequest): Promise<ProbeAnswer> => {
    const answer = await ask(path, request);
    assert.equal(answer.status, 200, answer.body);
    return answer;
  };
  const instanceOf = (answer: ProbeAnswer): string | undefined =>
    (JSON.parse(answer.body) as Seen).environment?.["LANDFALL_INSTANCE"];
  const all = Array.from({ length: instanceCount }, (_, index) => String(index + 1));

  it("asks each of them in turn", async () => {
    for (const method of ["GET", "POST"]) {
      const found: (string | undefined)[] = [];
      for (let index = 0; index < 3 * instanceCount; index++)
        found.push(
          instanceOf(await good("/turns/environment", { method, ...(method === "POST" ? { body: "a" } : {}) })),
        );
      assert.deepEqual([...new Set(found)].sort(), all, method);
      for (const one of all)
        assert.ok(found.filter((other) => other === one).length >= 2, `${method}: ${found.join()}`);
    }
  });

  it("keeps a client where it was first answered, by a cookie that no script reads and no plain HTTP carries", async () => {
    const first = await good("/stays/environment");
    assert.equal(first.headers["set-cookie"]?.length, 1);
    const [, ...attributes] = first.headers["set-cookie"][0]!.split(";").map((part) => part.trim().toLowerCase());
    assert.deepEqual(attributes.sort(), ["httponly", "path=/stays/", "samesite=lax", "secure"]);
    for (const method of ["GET", "POST", "GET", "PUT", "POST", "GET", "DELETE"]) {
      const answer = await good("/stays/environment", { method, headers: { Cookie: `x=y; ${cookies(first)}` } });
      assert.equal(instanceOf(answer), instanceOf(first), method);
      assert.equal(answer.headers["set-cookie"], undefined, method);
    }
  });

  it("shares out the clients that are new, and sets no cookie where nobody stays", async () => {
    const found = new Set<string | undefined>();
    // httpd counts the requests of clients that stay as well, and makes up for them first.
    for (let index = 0; index < 10 * instanceCount && found.size < instanceCount; index++)
      found.add(instanceOf(await good("/stays/environment")));
    assert.deepEqual([...found].sort(), all);
    assert.equal((await good("/turns/")).headers["set-cookie"], undefined);
  });

  it("answers clients with cookies of their own making, and gives them a right one", async () => {
    const first = await good("/stays/environment");
    const name = cookies(first).split("=")[0]!;
    for (const value of ["", "0", "99", "unix:/run/landfall/stays.sock", "$host"]) {
      const answer = await good("/stays/environment", { headers: { Cookie: `${name}=${value}` } });
      assert.equal(answer.headers["set-cookie"]?.length, 1, value);
    }
  });

  it("passes the app's own cookies on beside its own", async () => {
    const headers = { "X-Answer": JSON.stringify({ "Set-Cookie": ["a=1; Path=/", "b=2"] }) };
    const set = (await good("/stays/", { headers })).headers["set-cookie"] ?? [];
    assert.deepEqual(
      set.filter((cookie) => /^[ab]=/.test(cookie)),
      ["a=1; Path=/stays/", "b=2"],
    );
    assert.equal(set.length, 3);
  });

  it("keeps a socket.io client with the process that knows it, from polling to websocket", async () => {
    const found = new Set<string>();
    for (let client = 0; client < 2 * instanceCount; client++) found.add(await socketIoClient());
    assert.deepEqual([...found].sort(), all);
  });

  it("shows that a socket.io client that goes astray is not known", async () => {
    const { sid, cookie } = await handshake();
    const lost: number[] = [];
    for (let index = 0; index < instanceCount; index++) {
      const { cookie: other } = await handshake();
      if (other !== cookie) lost.push((await poll(sid, other)).status);
    }
    assert.ok(lost.length > 0 && lost.every((status) => status === 400), lost.join());
  });

  /** Engine.IO 4 as the clients of socket.io speak it: packets begin with their kind, socket.io's own with 4. */
  const endpoint = "/socket.io/?EIO=4&transport=";
  const poll = (sid: string, cookie: string): Promise<ProbeAnswer> =>
    ask(`${endpoint}polling&sid=${sid}`, { headers: { Cookie: cookie } });

  async function handshake(): Promise<{ sid: string; cookie: string }> {
    const opened = await good(`${endpoint}polling`);
    assert.equal(opened.body[0], "0", opened.body);
    const { sid } = JSON.parse(opened.body.slice(1)) as { sid: string };
    return { sid, cookie: cookies(opened) };
  }

  /** Connects by polling, changes to a websocket, and says which process it is with. */
  async function socketIoClient(): Promise<string> {
    const { sid, cookie } = await handshake();
    const headers = { Cookie: cookie };
    const say = (packet: string) =>
      good(`${endpoint}polling&sid=${sid}`, {
        method: "POST",
        body: packet,
        headers: { ...headers, "Content-Type": "text/plain" },
      });
    await say("40");
    assert.match((await poll(sid, cookie)).body, /^40\{/);
    await say('420["where"]');
    const polled = instanceIn((await poll(sid, cookie)).body);
    const url = `${site.origin(domain).replace("https:", "wss:")}${endpoint}websocket&sid=${sid}`;
    const socket = await site.websocket(url, { headers });
    try {
      socket.send("2probe");
      assert.equal(await socket.next(), "3probe");
      socket.send("5");
      socket.send('421["where"]');
      let packet = await socket.next();
      while (packet === "6") packet = await socket.next(); // nothing: what ends the last poll
      assert.equal(instanceIn(packet), polled);
    } finally {
      socket.close();
    }
    return polled;
  }

  function instanceIn(packet: string): string {
    const [, instance] = /^43\d\["(\d+)"\]$/.exec(packet) ?? [];
    assert.ok(instance, packet);
    return instance;
  }
}
