import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createConnection } from "node:net";
import { once } from "node:events";
import { WebSocket } from "ws";
import { App } from "../../components/app/app";
import { exampleApps, mailSinkApp } from "../../examples/apps";
import { load, LoadArgs, LoadResult } from "../load";
import { Answer, HeldApp, requirementsOf } from "./example-processes/held-app";
import { useMachine } from "./machine";
import { keptEnvironments } from "./python-environment";

/**
 * The examples run by the commands of their descriptions, without nginx and without units, and are asked directly. The
 * journal is left to the tests of whole sites: its Markdown parser has to be compiled.
 */
describe("the processes of the example apps", function () {
  this.timeout(180_000);
  const [, dashboard, live] = exampleApps({ domain: "a.example", mailHost: "127.0.0.1" });
  const apps = [dashboard!, live!, mailSinkApp()];
  const forwarded = {
    "x-real-ip": "203.0.113.9",
    "x-forwarded-for": "203.0.113.9",
    "x-scheme": "https",
    "x-forwarded-proto": "https",
  };
  const folder = mkdtempSync(join(tmpdir(), "landfall-examples-"));
  const shared = { source: folder, target: "/srv/test", readOnly: false };
  const running: HeldApp[] = [];
  after(() => Promise.all(running.map((held) => held.stop()))); // before the machine goes
  const machine = useMachine({
    debian: 12,
    packages: ["python3-venv"],
    layers: keptEnvironments(12, apps.map(requirementsOf)),
    binds: [shared, ...HeldApp.binds],
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function start(app: App, name: string, environment: Record<string, string> = {}): Promise<HeldApp> {
    const held = await HeldApp.start(machine, app, { shared, name, environment });
    running.push(held);
    return held;
  }

  describe("live", () => {
    let app: HeldApp;
    before(async () => {
      app = await start(live!, "live");
    });

    it("answers its health check", async () => {
      assert.deepEqual(await textOf(app.ask("/health")), [200, "live is well\n"]);
    });

    it("tells what it sees of the client, by the web server's headers", async () => {
      const seen = JSON.parse((await app.ask("/whoami?a=1", { headers: forwarded })).text) as Record<string, unknown>;
      assert.deepEqual(
        [seen["client"], seen["scheme"], seen["path"], seen["query"]],
        ["203.0.113.9", "https", "/whoami", "a=1"],
      );
    });

    it("echoes what is posted", async () => {
      assert.deepEqual(await textOf(app.ask("/echo", { method: "POST", body: "Ahoy $;%" })), [200, "Ahoy $;%"]);
    });

    it("echoes over a websocket", async () => {
      const socket = new WebSocket(`ws+unix://${app.socketPath}:/echo`);
      await once(socket, "open");
      socket.send("Ahoy");
      const [message] = (await once(socket, "message")) as [Buffer];
      socket.terminate();
      assert.equal(message.toString(), "Ahoy");
    });

    it("loses no request while it restarts", async () => {
      const result = restartedUnderLoad(app, { path: "/whoami", requestsPerSecond: 200, seconds: 8 });
      assert.deepEqual((await result).failed, []);
    });

    it("ends orderly each time", async () => {
      assert.deepEqual((await app.stop()).statuses, [0, 0, 0]);
    });
  });

  describe("dashboard", () => {
    let app: HeldApp;
    let sink: HeldApp;
    const messages = join(folder, "messages");
    const kept = () => readdirSync(messages).filter((name) => name.endsWith(".eml"));

    before(async () => {
      sink = await start(mailSinkApp(), "mail-sink", { MAIL_FOLDER: "/srv/test/messages" });
      app = await start(dashboard!, "dashboard", {
        GRAMEXDATA: "/srv/test/gramexdata",
        COOKIE_SECRET: "123e4", // a number to YAML
        SMTP_PORT: String(sink.port),
      });
    });

    it("answers its health check", async () => {
      assert.deepEqual(await textOf(app.ask("/health")), [200, "dashboard is well"]);
    });

    it("computes its totals", async () => {
      assert.deepEqual(JSON.parse((await app.ask("/totals")).text), { north: 55, south: 99 });
    });

    it("believes the web server about client and scheme", async () => {
      const seen = JSON.parse((await app.ask("/seen", { headers: forwarded })).text) as Record<string, unknown>;
      assert.deepEqual([seen["client"], seen["scheme"]], ["203.0.113.9", "https"]);
    });

    for (const file of ["gramex.yaml", "dashboard_pages.py", "harbour.csv", "requirements.txt/../harbour.csv"]) {
      it(`does not give ${file} away`, async () => {
        assert.equal((await app.ask(`/${file}`)).status, 403);
      });
    }

    it("lists no directory and shows no traceback", async () => {
      assert.doesNotMatch((await app.ask("/nothing-here")).text, /Traceback/);
      assert.doesNotMatch((await app.ask("/seen?wait=soon")).text, /Traceback|ValueError/);
    });

    it("gives cookies to secure connections and to no script", async () => {
      const cookies = (await app.ask("/contact")).headers["set-cookie"]!;
      assert.equal(cookies.length, 2);
      for (const cookie of cookies) assert.match(cookie, /; HttpOnly; Path=\/; Secure$/);
    });

    it("sends the form as a mail, and leads back to the prefix it is served at", async () => {
      const answer = await send(app, await visitor(app), "/dashboard/contact/send");
      assert.deepEqual([answer.status, answer.headers.location], [302, "/dashboard/thanks"]);
      const mail = readFileSync(join(messages, kept()[0]!), "utf8");
      assert.match(mail, /^X-Envelope-To: owner@a\.example\r?$/m);
      assert.match(mail, /^Reply-To: visitor@b\.example\r?$/m);
      assert.match(mail, new RegExp(Buffer.from("Ahoy").toString("base64")));
    });

    it("refuses a form without the visitor's token", async () => {
      const { cookie } = await visitor(app);
      assert.equal((await send(app, { cookie, token: "" })).status, 403);
    });

    it("loses no request while it restarts", async () => {
      const result = restartedUnderLoad(app, {
        path: "/seen?wait=0.05",
        methods: ["GET"],
        requestsPerSecond: 50,
        seconds: 12,
      });
      assert.deepEqual((await result).failed, []);
    });

    it("loses no form while it restarts, and sends no mail twice", async () => {
      const before = kept().length;
      const { cookie, token } = await visitor(app);
      const result = await restartedUnderLoad(app, {
        path: "/contact/send",
        methods: ["POST"],
        headers: { cookie, "content-type": "application/x-www-form-urlencoded", "x-request-uri": "/contact/send" },
        body: form(token),
        status: 302,
        requestsPerSecond: 20,
        seconds: 12,
      });
      assert.deepEqual(result.failed, []);
      assert.equal(kept().length - before, result.sent);
    });

    it("ends orderly each time", async () => {
      assert.deepEqual((await app.stop()).statuses, [0, 0, 0, 0, 0]);
    });
  });

  describe("mail-sink", () => {
    it("greets as a mail server does", async () => {
      const sink = await start(mailSinkApp(), "greeting", { MAIL_FOLDER: "/srv/test/greeting-messages" });
      const connection = createConnection(sink.port, machine.address);
      const [greeting] = (await once(connection, "data")) as [Buffer];
      connection.destroy();
      assert.match(greeting.toString(), /^220 /);
    });
  });
});

const textOf = async (answer: Promise<Answer>): Promise<[number, string]> => [
  (await answer).status,
  (await answer).text,
];

/** Cookie and form token of a new visitor. */
async function visitor(app: HeldApp): Promise<{ cookie: string; token: string }> {
  const page = await app.ask("/contact");
  const cookie = page.headers["set-cookie"]!.map((each) => each.split(";")[0]).join("; ");
  return { cookie, token: /name="_xsrf" value="([^"]+)"/.exec(page.text)![1]! };
}

const form = (token: string): string =>
  new URLSearchParams({ _xsrf: token, email: "visitor@b.example", message: "Ahoy" }).toString();

function send(
  app: HeldApp,
  { cookie, token }: { cookie: string; token: string },
  asked = "/contact/send",
): Promise<Answer> {
  return app.ask("/contact/send", {
    method: "POST",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded", "x-request-uri": asked },
    body: form(token),
  });
}

/** Loads the app, and restarts it twice meanwhile, the second time when it has come back from the first. */
async function restartedUnderLoad(app: HeldApp, args: Omit<LoadArgs, "target">): Promise<LoadResult> {
  await app.ask("/health");
  const result = load({ ...args, target: { socketPath: app.socketPath } });
  for (let restarts = 0; restarts < 2; restarts++) {
    await pause(args.seconds * 200);
    await app.restart();
    await pause(500); // until it has stopped: a question now waits for its successor
    await app.ask("/health");
  }
  return result;
}
