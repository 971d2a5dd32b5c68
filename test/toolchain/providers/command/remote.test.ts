import * as assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { commandProvider } from "../../../../toolchain/providers/command/provider";
import { Archive, Asset, type PropertyMap, Secret } from "../../../../toolchain/providers/property/value";
import { EngineStandIn } from "../engine-stand-in";
import { freePort, type SshServer, startSshServer } from "./ssh-server";

const command = "command:remote:Command";
const copy = "command:remote:CopyToRemote";

describe("remote resources of the command provider, with OpenSSH's server", function () {
  this.timeout(30_000);
  let engine: EngineStandIn;
  let server: SshServer;
  let connection: PropertyMap;
  before(async () => {
    server = await startSshServer();
    connection = {
      host: "127.0.0.1",
      port: server.port,
      user: server.user,
      privateKey: server.privateKey,
      dialErrorLimit: 0,
    };
  });
  after(() => server?.remove());
  beforeEach(async () => {
    engine = await EngineStandIn.start(commandProvider);
  });
  afterEach(() => engine.stop());

  const messages = (): string[] => engine.log.map(({ message }) => message);

  describe(command, () => {
    it("runs create on the server and keeps its output; the connection stays secret", async () => {
      const { state } = await engine.make(command, { connection, create: "cat; echo to-stderr >&2", stdin: "typed" });
      assert.deepEqual([state["stdout"], state["stderr"]], ["typed", "to-stderr"]);
      assert.ok(state["connection"] instanceof Secret);
      assert.deepEqual(messages().sort(), ["to-stderr", "typed"]);
    });

    it("runs update, or else create, on a change, and delete at the end", async () => {
      const { state } = await engine.make(command, { connection, create: "echo first" });
      assert.equal(
        (await engine.update(command, state, { connection: withDefaults(), create: "echo second" }))["stdout"],
        "second",
      );
      assert.equal(
        (await engine.update(command, state, { connection: withDefaults(), create: "x", update: "echo third" }))[
          "stdout"
        ],
        "third",
      );
      const file = path.join(server.folder, "deleted");
      await engine.delete(command, { connection: withDefaults(), delete: `touch ${file}`, stdout: "", stderr: "" });
      assert.ok(fs.existsSync(file));
    });

    it("passes on the variables that the server takes", async () => {
      const { state } = await engine.make(command, {
        connection,
        create: 'echo "$GREETING"',
        environment: { GREETING: "hello world" },
      });
      assert.equal(state["stdout"], "hello world");
    });

    it("does not run without a variable that the server does not take", async () => {
      const file = path.join(server.folder, "ran");
      const inputs = { connection, create: `touch ${file}`, environment: { OTHER: "x" } };
      await assert.rejects(
        engine.make(command, inputs),
        /environment: the SSH server does not pass on OTHER; name it in the server's AcceptEnv/,
      );
      assert.ok(!fs.existsSync(file));
    });

    it("says how a failed command ended, with its last lines", async () => {
      await assert.rejects(engine.make(command, { connection, create: "echo why; exit 3" }), {
        message: 'exit status 3: running "echo why; exit 3":\nwhy',
      });
      await assert.rejects(engine.make(command, { connection, create: "kill -9 $$" }), /^Error: ended by SIGKILL/);
    });

    it("ends the command at the time limit", async () => {
      const pidFile = path.join(server.folder, "pid");
      await assert.rejects(
        engine.make(command, { connection, create: `echo $$ > ${pidFile}; exec sleep 300` }, { timeoutSeconds: 1 }),
        /^Error: stopped after 1 s/,
      );
      const pid = fs.readFileSync(pidFile, "utf8").trim();
      for (let wait = 0; wait < 100 && fs.existsSync(`/proc/${pid}`); wait++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.ok(!fs.existsSync(`/proc/${pid}`), "the command is still running");
    });

    it("replaces on changed triggers only", async () => {
      const before = { connection: { host: "a" }, create: "x", triggers: [1] };
      assert.deepEqual(
        (await engine.diff(command, before, { connection: { host: "b" }, create: "y", triggers: [1] })).replaces,
        [],
      );
      assert.deepEqual((await engine.diff(command, before, { ...before, triggers: [2] })).replaces, ["triggers"]);
    });
  });

  describe("connections", () => {
    const hello = (more: PropertyMap): Promise<{ state: PropertyMap }> =>
      engine.make(command, { connection: { ...connection, ...more }, create: "echo hello" });

    it("use an encrypted key with its password", async () => {
      assert.equal(
        (await hello({ privateKey: server.encryptedKey, privateKeyPassword: "passphrase" })).state["stdout"],
        "hello",
      );
    });

    it("fail at once, showing neither, when the password of a key is wrong or missing", async () => {
      for (const more of [{ privateKeyPassword: "wrong-password" }, {}]) {
        await assert.rejects(
          hello({ privateKey: server.encryptedKey, dialErrorLimit: 10, ...more }),
          ({ message }: Error) => {
            assert.match(message, /^SSH to .*: Cannot parse privateKey/);
            assert.ok(!message.includes("wrong-password") && !message.includes(server.encryptedKey.slice(100, 140)));
            return true;
          },
        );
      }
      assert.deepEqual(messages(), []);
    });

    it("use an agent", async () => {
      const agent = await startAgent(server.folder);
      try {
        const { state } = await hello({ privateKey: undefined, agentSocketPath: agent.socket });
        assert.equal(state["stdout"], "hello");
      } finally {
        agent.stop();
      }
    });

    it("go over a proxy", async () => {
      const before = server.connections();
      const { state } = await hello({ proxy: { ...connection } });
      assert.equal(state["stdout"], "hello");
      assert.equal(server.connections() - before, 2);
    });

    it("take the server's key when it is the one expected, of whatever kind the server likes best", async () => {
      assert.equal((await hello({ hostKey: server.hostKey })).state["stdout"], "hello");
      assert.equal((await hello({ hostKey: `[127.0.0.1]:${server.port} ${server.hostKey}` })).state["stdout"], "hello");
    });

    it("refuse any other key at once", async () => {
      const other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MDEyMzQ1 x";
      await assert.rejects(
        hello({ hostKey: other, dialErrorLimit: 10 }),
        /the server's key is not the one in connection.hostKey/,
      );
      await assert.rejects(hello({ hostKey: "nonsense" }), /connection.hostKey is not a public key as in known_hosts/);
      assert.deepEqual(messages(), []);
    });

    it("are tried as often as dialErrorLimit says, and say so", async () => {
      const port = await freePort();
      await assert.rejects(
        hello({ port, dialErrorLimit: 2 }),
        new RegExp(`SSH to ${server.user}@127.0.0.1:${port}: after 3 failed attempts: .*ECONNREFUSED`),
      );
      assert.deepEqual(
        messages().map((line) => line.replace(/ \(.*/, "")),
        ["Dial 1/2 failed: retrying", "Dial 2/2 failed: retrying"],
      );
    });

    it("wait for a server that comes up later", async () => {
      const port = await freePort();
      const making = engine.make(command, {
        connection: { ...connection, port, dialErrorLimit: -1 },
        create: "echo up",
      });
      making.catch(() => {});
      while (messages().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const late = await startSshServer(port);
      try {
        fs.copyFileSync(path.join(server.folder, "authorized"), path.join(late.folder, "authorized"));
        assert.equal((await making).state["stdout"], "up");
      } finally {
        await late.remove();
      }
    });

    it("stop trying when the update is cancelled", async () => {
      const making = assert.rejects(hello({ port: await freePort(), dialErrorLimit: -1 }), {
        message: "the update was cancelled",
      });
      while (messages().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await engine.cancel();
      await making;
    });
  });

  describe(copy, () => {
    let source: string;
    let target: string;
    beforeEach(() => {
      source = fs.mkdtempSync(path.join(server.folder, "source-"));
      target = fs.mkdtempSync(path.join(server.folder, "target-"));
      fs.mkdirSync(path.join(source, "app/deep"), { recursive: true });
      fs.writeFileSync(path.join(source, "app/one.txt"), "one");
      fs.writeFileSync(
        path.join(source, "app/deep/two.bin"),
        Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251)),
      );
      fs.writeFileSync(path.join(source, "app/empty"), "");
    });

    const filesIn = (folder: string): string[] =>
      fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .sort();
    const send = (from: Asset | Archive, remotePath: string): Promise<unknown> =>
      engine.make(copy, { connection, source: from, remotePath });

    it("copies a file to a name, making folders on the way, and into a folder", async () => {
      const file = new Asset({ path: path.join(source, "app/deep/two.bin") });
      await send(file, path.join(target, "new/folder/name.bin"));
      await send(file, target);
      assert.deepEqual(filesIn(target), ["new/folder/name.bin", "two.bin"]);
      const digest = (place: string): string => createHash("sha256").update(fs.readFileSync(place)).digest("hex");
      assert.equal(digest(path.join(target, "two.bin")), digest(path.join(source, "app/deep/two.bin")));
    });

    it("overwrites a file", async () => {
      const name = path.join(target, "name");
      fs.writeFileSync(name, "something longer than before");
      await send(new Asset({ path: path.join(source, "app/one.txt") }), name);
      assert.equal(fs.readFileSync(name, "utf8"), "one");
    });

    it("copies a folder by its name, and with a slash at the end its content", async () => {
      await send(new Archive({ path: path.join(source, "app") }), path.join(target, "named"));
      await send(new Archive({ path: `${path.join(source, "app")}/` }), path.join(target, "content"));
      assert.deepEqual(filesIn(target), [
        "content/deep/two.bin",
        "content/empty",
        "content/one.txt",
        "named/app/deep/two.bin",
        "named/app/empty",
        "named/app/one.txt",
      ]);
    });

    it("writes a text to a file, and refuses a folder for it", async () => {
      await send(new Asset({ text: "grüezi\n" }), path.join(target, "sub/text"));
      assert.equal(fs.readFileSync(path.join(target, "sub/text"), "utf8"), "grüezi\n");
      await assert.rejects(
        send(new Asset({ text: "x" }), target),
        /is a folder on the server; a text needs the name of a file/,
      );
    });

    it("refuses to put a folder in the place of a file", async () => {
      fs.writeFileSync(path.join(target, "file"), "");
      await assert.rejects(
        send(new Archive({ path: path.join(source, "app") }), path.join(target, "file")),
        /file is a file on the server, and has to be a folder/,
      );
    });

    it("refuses sources that it cannot copy", async () => {
      for (const from of [new Asset({ uri: "https://example.com/" }), new Archive({ assets: {} })]) {
        const { failures } = await engine.check(copy, { connection, source: from, remotePath: "/x" });
        assert.match(failures.join(), /^source is .*, and has to be /);
      }
      await assert.rejects(
        send(new Asset({ path: "/no/such/file" }), target),
        /source: "\/no\/such\/file" does not exist/,
      );
    });

    it("copies again when the content or the place changes, and not when only the connection does", async () => {
      const inputs = {
        connection: withDefaults(),
        source: new Asset({ text: "a" }, "hash-a"),
        remotePath: path.join(target, "a"),
      };
      const before = server.connections();
      await engine.update(copy, inputs, { ...inputs, connection: { ...withDefaults(), perDialTimeout: 3 } });
      assert.equal(server.connections(), before);
      await engine.update(copy, inputs, { ...inputs, source: new Asset({ text: "b" }, "hash-b") });
      assert.equal(fs.readFileSync(path.join(target, "a"), "utf8"), "b");
      await engine.update(copy, inputs, { ...inputs, remotePath: path.join(target, "c") });
      assert.equal(fs.readFileSync(path.join(target, "c"), "utf8"), "a");
    });

    it("has an older form for one file", async () => {
      await engine.make("command:remote:CopyFile", {
        connection,
        localPath: path.join(source, "app/one.txt"),
        remotePath: path.join(target, "old"),
      });
      assert.equal(fs.readFileSync(path.join(target, "old"), "utf8"), "one");
    });
  });

  /** The connection as the check leaves it, for calls that come after it. */
  function withDefaults(): PropertyMap {
    return { perDialTimeout: 15, ...connection };
  }
});

/** An SSH agent with the client's key. */
async function startAgent(folder: string): Promise<{ socket: string; stop: () => void }> {
  const socket = path.join(folder, "agent");
  const child = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  while (!fs.existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 10));
  execFileSync("ssh-add", ["-q", path.join(folder, "client")], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return { socket, stop: () => void child.kill() };
}
