import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { commandProvider } from "../../../../toolchain/providers/command/provider";
import { Archive, Asset, Secret } from "../../../../toolchain/providers/property/value";
import { EngineStandIn } from "../engine-stand-in";

const type = "command:local:Command";

describe("command:local:Command", () => {
  let engine: EngineStandIn;
  let folder: string;
  beforeEach(async () => {
    engine = await EngineStandIn.start(commandProvider);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-local-command-"));
  });
  afterEach(async () => {
    await engine.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it("runs create with its environment, directory and input, and keeps both outputs without their last line end", async () => {
    const { id, state } = await engine.make(type, {
      create: 'pwd; echo "$GREETING"; cat; echo problem >&2; echo >&2',
      dir: folder,
      environment: { GREETING: "hello world" },
      stdin: "typed",
    });
    assert.match(id, /^thing[0-9a-f]{8}$/);
    assert.equal(state["stdout"], `${fs.realpathSync(folder)}\nhello world\ntyped`);
    assert.equal(state["stderr"], "problem\n");
  });

  it("uses the interpreter that is given", async () => {
    const { state } = await engine.make(type, { create: "console.log(6 * 7)", interpreter: [process.execPath, "-e"] });
    assert.equal(state["stdout"], "42");
  });

  it("does nothing without create", async () => {
    const { state } = await engine.make(type, { delete: "true" });
    assert.deepEqual([state["stdout"], state["stderr"]], ["", ""]);
  });

  it("runs update on a change, which sees the output of the run before", async () => {
    const { state } = await engine.make(type, { create: "echo first; echo warned >&2" });
    const update = 'echo "after $PULUMI_COMMAND_STDOUT, $PULUMI_COMMAND_STDERR"';
    const updated = await engine.update(type, state, { create: "echo first", update, addPreviousOutputInEnv: true });
    assert.equal(updated["stdout"], "after first, warned");
  });

  it("runs create again on a change when there is no update", async () => {
    const updated = await engine.update(type, { create: "echo a", stdout: "a", stderr: "" }, { create: "echo b" });
    assert.equal(updated["stdout"], "b");
  });

  it("keeps the output of the run before to itself when told to", async () => {
    const state = { create: "true", stdout: "before", stderr: "" };
    const updated = await engine.update(type, state, {
      create: 'echo "[$PULUMI_COMMAND_STDOUT]"',
      addPreviousOutputInEnv: false,
    });
    assert.equal(updated["stdout"], "[]");
  });

  it("runs delete with the state's inputs", async () => {
    const file = path.join(folder, "gone");
    await engine.delete(type, {
      delete: 'echo "$PULUMI_COMMAND_STDOUT $X" > gone',
      dir: folder,
      environment: { X: "x" },
      stdout: "out",
      stderr: "",
    });
    assert.equal(fs.readFileSync(file, "utf8"), "out x\n");
  });

  it("replaces on changed triggers and updates on every other change", async () => {
    const before = { create: "a", triggers: [1, { x: "y" }] };
    assert.deepEqual((await engine.diff(type, before, { create: "a", triggers: [1, { x: "z" }] })).replaces, [
      "triggers",
    ]);
    const everythingElse = {
      create: "b",
      update: "c",
      delete: "d",
      dir: "/",
      environment: { A: "b" },
      stdin: "x",
      triggers: [1, { x: "y" }],
    };
    const diff = await engine.diff(type, before, everythingElse);
    assert.deepEqual([diff.changes, diff.replaces], [true, []]);
  });

  it("shows output line by line as it comes, beside the resource", async () => {
    const gate = path.join(folder, "gate");
    const making = engine.make(type, { create: `echo one; while [ ! -e ${gate} ]; do sleep 0.02; done; echo two >&2` });
    while (engine.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(
      engine.log.map(({ message }) => message),
      ["one"],
    );
    fs.writeFileSync(gate, "");
    await making;
    assert.deepEqual(
      engine.log.map(({ message, ephemeral, urn }) => [message, ephemeral, urn.endsWith("::thing")]),
      [
        ["one", true, true],
        ["two", true, true],
      ],
    );
  });

  for (const [logging, shown] of Object.entries({
    stdout: ["out"],
    stderr: ["err"],
    stdoutAndStderr: ["err", "out"],
    none: [],
  })) {
    it(`shows ${shown.join(" and ") || "nothing"} with logging ${logging}, and keeps both`, async () => {
      const { state } = await engine.make(type, { create: "echo out; echo err >&2", logging });
      assert.deepEqual(engine.log.map(({ message }) => message).sort(), shown);
      assert.deepEqual([state["stdout"], state["stderr"]], ["out", "err"]);
    });
  }

  it("says how a failed command ended, with its last lines", async () => {
    await assert.rejects(engine.make(type, { create: "seq 100; exit 3" }), ({ message }: Error) => {
      const lines = message.split("\n");
      assert.equal(lines[0], 'exit status 3: running "seq 100; exit 3":');
      assert.equal(lines[1], "(60 earlier lines)");
      assert.deepEqual([lines[2], lines.at(-1)], ["61", "100"]);
      return true;
    });
    await assert.rejects(engine.make(type, { create: "kill -9 $$" }), /^Error: ended by SIGKILL: running/);
  });

  it("shows no secret in progress or errors, and no output at all with logging none", async () => {
    const environment = new Secret({ PASSWORD: "hunter2hunter2" });
    await assert.rejects(
      engine.make(type, { create: 'echo "it is $PASSWORD"; false', environment }),
      ({ message }: Error) => {
        assert.equal(message, 'exit status 1: running "echo \\"it is $PASSWORD\\"; false":\nit is [secret]');
        return true;
      },
    );
    assert.deepEqual(
      engine.log.map(({ message }) => message),
      ["it is [secret]"],
    );
    await assert.rejects(engine.make(type, { create: "echo private; false", logging: "none" }), {
      message: 'exit status 1: running "echo private; false":\n(its output is not shown, because logging is none)',
    });
  });

  it("keeps secret inputs secret in the state", async () => {
    const { state } = await engine.make(type, { create: new Secret("echo x"), environment: { A: new Secret("b") } });
    assert.deepEqual([state["create"], state["environment"]], [new Secret("echo x"), { A: new Secret("b") }]);
  });

  it("says what is wrong with a directory or an interpreter that is not there", async () => {
    const missing = path.join(folder, "missing");
    await assert.rejects(
      engine.make(type, { create: "true", dir: missing }),
      new RegExp(`dir: "${missing}" is not a directory`),
    );
    await assert.rejects(
      engine.make(type, { create: "true", interpreter: ["no-such-shell"] }),
      /no-such-shell was not found on PATH/,
    );
  });

  it("names the way out when the output of the run before is too long for the environment", async () => {
    const state = { create: "true", stdout: "x".repeat(200_000), stderr: "" };
    await assert.rejects(engine.update(type, state, { create: "true" }), /set addPreviousOutputInEnv to false/);
  });

  it("ends a command and what it started at the time limit", async () => {
    const pidFile = path.join(folder, "pid");
    const create = `sleep 300 & echo $! > ${pidFile}; wait`;
    await assert.rejects(engine.make(type, { create }, { timeoutSeconds: 0.3 }), /^Error: stopped after 0.3 s/);
    await assertEnded(pidFile);
  });

  it("ends a command and what it started when the update is cancelled, also when it does not listen", async () => {
    const pidFile = path.join(folder, "pid");
    const making = assert.rejects(
      engine.make(type, { create: `trap "" TERM; sleep 300 & echo $! > ${pidFile}; wait; wait` }),
      /^Error: the update was cancelled/,
    );
    while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, "utf8") === "")
      await new Promise((resolve) => setTimeout(resolve, 5));
    await engine.cancel();
    await making;
    await assertEnded(pidFile);
  });

  it("returns files that it made as assets and as an archive, named by content", async () => {
    const create = "mkdir -p out/deep; echo 1 > out/a.txt; echo 2 > out/deep/b.txt; echo 3 > out/secret.txt";
    const inputs = { create, dir: folder, assetPaths: ["out/*.txt", "!**secret*"], archivePaths: ["out/**"] };
    const { state } = await engine.make(type, inputs);
    const assets = state["assets"] as Record<string, Asset>;
    assert.deepEqual(Object.keys(assets), ["out/a.txt"]);
    assert.deepEqual(assets["out/a.txt"]?.content, { path: path.join(folder, "out/a.txt") });
    const { content, hash } = state["archive"] as Archive;
    assert.deepEqual(Object.keys("assets" in content ? content.assets : {}), [
      "out/a.txt",
      "out/deep/b.txt",
      "out/secret.txt",
    ]);
    fs.writeFileSync(path.join(folder, "out/a.txt"), "changed");
    const again = await engine.make(type, { ...inputs, create: "true" });
    assert.notEqual((again.state["archive"] as Archive).hash, hash);
  });
});

describe("command:local:run", () => {
  let engine: EngineStandIn;
  before(async () => {
    engine = await EngineStandIn.start(commandProvider);
  });
  after(() => engine.stop());

  it("runs a command and returns its output", async () => {
    const result = await engine.invoke("command:local:run", { command: "echo $((6 * 7)); cat", stdin: "typed" });
    assert.equal(result["stdout"], "42\ntyped");
  });

  it("fails when the command does", async () => {
    await assert.rejects(
      engine.invoke("command:local:run", { command: "echo why >&2; exit 4" }),
      /exit status 4: .*\nwhy/,
    );
  });
});

/**
 * The process whose number is in the file is gone, or dead and not yet collected. The kernel closes the files of one that
 * ends, which is what the provider waits for, a moment before it counts as dead.
 */
async function assertEnded(pidFile: string): Promise<void> {
  const pid = fs.readFileSync(pidFile, "utf8").trim();
  const hasEnded = (): boolean => {
    try {
      return /\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return true; // collected
    }
  };
  const deadline = Date.now() + 1000; // the commands above would run for minutes
  while (!hasEnded() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(hasEnded(), `process ${pid} is still running`);
}
