import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { commandProvider } from "../../toolchain/providers/command/provider";
import { type PropertyMap, Secret } from "../../toolchain/providers/property/value";
import { EngineStandIn } from "../toolchain/providers/engine-stand-in";
import { passphrase, SshServer, user } from "./remote-commands-server";

const command = "command:remote:Command";

describe("remote commands, with OpenSSH's server on a machine", function () {
  this.timeout(30_000);
  const server = SshServer.use();
  let engine: EngineStandIn;
  let connection: PropertyMap;
  before(() => {
    connection = server.connection;
  });
  beforeEach(async () => {
    engine = await EngineStandIn.start(commandProvider);
  });
  afterEach(() => engine.stop());

  const messages = (): string[] => engine.log.map(({ message }) => message);
  /** Whether the machine has a file, which this computer has not. */
  const exists = async (file: string): Promise<boolean> => (await server.host.attempt(["test", "-e", file])).code === 0;

  it("runs create on the server and keeps its output; the connection stays secret", async () => {
    const { state } = await engine.make(command, { connection, create: "cat; echo to-stderr >&2", stdin: "typed" });
    assert.deepEqual([state["stdout"], state["stderr"]], ["typed", "to-stderr"]);
    assert.ok(state["connection"] instanceof Secret);
    assert.deepEqual(messages().sort(), ["to-stderr", "typed"]);
  });

  it("runs update, or else create, on a change, and delete at the end", async () => {
    const checked = { connection: server.checkedConnection };
    const { state } = await engine.make(command, { connection, create: "echo first" });
    const second = await engine.update(command, state, { ...checked, create: "echo second" });
    assert.equal(second["stdout"], "second");
    const third = await engine.update(command, state, { ...checked, create: "x", update: "echo third" });
    assert.equal(third["stdout"], "third");
    const file = "/srv/deleted";
    await engine.delete(command, { ...checked, delete: `touch ${file}`, stdout: "", stderr: "" });
    assert.ok(await exists(file));
  });

  it("passes on the variables that the server takes", async () => {
    const environment = { GREETING: "hello world" };
    const { state } = await engine.make(command, { connection, create: 'echo "$GREETING"', environment });
    assert.equal(state["stdout"], "hello world");
  });

  it("does not run without a variable that the server does not take", async () => {
    const file = "/srv/ran";
    const inputs = { connection, create: `touch ${file}`, environment: { OTHER: "x" } };
    await assert.rejects(
      engine.make(command, inputs),
      /environment: the SSH server does not pass on OTHER; name it in the server's AcceptEnv/,
    );
    assert.ok(!(await exists(file)));
  });

  it("says how a failed command ended, with its last lines", async () => {
    await assert.rejects(engine.make(command, { connection, create: "echo why; exit 3" }), {
      message: 'exit status 3: running "echo why; exit 3":\nwhy',
    });
    await assert.rejects(engine.make(command, { connection, create: "kill -9 $$" }), /^Error: ended by SIGKILL/);
  });

  it("ends the command at the time limit", async () => {
    const pidFile = join(server.folder, "pid");
    await assert.rejects(
      engine.make(command, { connection, create: `echo $$ > ${pidFile}; exec sleep 300` }, { timeoutSeconds: 1 }),
      /^Error: stopped after 1 s/,
    );
    const pid = readFileSync(pidFile, "utf8").trim();
    assert.match(pid, /^\d+$/);
    const deadline = Date.now() + 2000;
    while (Date.now() < deadline && (await exists(`/proc/${pid}`))) await pause(20);
    assert.ok(!(await exists(`/proc/${pid}`)), "the command is still running");
  });

  describe("connections", () => {
    const hello = (more: PropertyMap): Promise<{ state: PropertyMap }> =>
      engine.make(command, { connection: { ...connection, ...more }, create: "echo hello" });

    it("use an encrypted key with its password", async () => {
      const { state } = await hello({ privateKey: server.encryptedKey, privateKeyPassword: passphrase });
      assert.equal(state["stdout"], "hello");
    });

    it("fail at once, showing neither, when the password of a key is wrong or missing", async () => {
      const privateKey = server.encryptedKey;
      for (const more of [{ privateKeyPassword: "wrong-password" }, {}]) {
        await assert.rejects(hello({ privateKey, dialErrorLimit: 10, ...more }), ({ message }: Error) => {
          assert.match(message, /^SSH to .*: Cannot parse privateKey/);
          assert.ok(!message.includes("wrong-password") && !message.includes(privateKey.slice(100, 140)));
          return true;
        });
      }
      assert.deepEqual(messages(), []);
    });

    it("use an agent", async () => {
      const { state } = await hello({ privateKey: undefined, agentSocketPath: await server.startAgent() });
      assert.equal(state["stdout"], "hello");
    });

    it("go over a proxy", async () => {
      const before = server.connections();
      const { state } = await hello({ proxy: { ...connection } });
      assert.equal(state["stdout"], "hello");
      assert.equal(server.connections() - before, 2);
    });

    it("take the server's key when it is the one expected, of whatever kind the server likes best", async () => {
      assert.equal((await hello({ hostKey: server.hostKey })).state["stdout"], "hello");
      const knownHosts = `[${server.host.address}]:${server.port} ${server.hostKey}`;
      assert.equal((await hello({ hostKey: knownHosts })).state["stdout"], "hello");
    });

    it("refuse any other key at once", async () => {
      const other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MDEyMzQ1 x";
      await assert.rejects(
        hello({ hostKey: other, dialErrorLimit: 10 }),
        /the server's key is not the one in connection.hostKey/,
      );
      assert.deepEqual(messages(), []);
    });

    it("are tried as often as dialErrorLimit says, and say so", async () => {
      const { address } = server.host;
      await assert.rejects(
        hello({ port: 2223, dialErrorLimit: 2 }),
        new RegExp(`SSH to ${user}@${address}:2223: after 3 failed attempts: .*ECONNREFUSED`),
      );
      assert.deepEqual(
        messages().map((line) => line.replace(/ \(.*/, "")),
        ["Dial 1/2 failed: retrying", "Dial 2/2 failed: retrying"],
      );
    });

    it("wait for a server that comes up later", async () => {
      const port = 2224;
      const making = hello({ port, dialErrorLimit: -1 });
      making.catch(() => {});
      while (messages().length === 0) await pause(10);
      await server.listen(port);
      assert.equal((await making).state["stdout"], "hello");
    });
  });
});
