import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunningPack } from "./running-pack";

const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const preload = "--require=./unused-modules.js";
const engine = "127.0.0.1:1";

describe("the start of the policy pack", function () {
  this.timeout(30_000);

  /** Starts it, asks for its name and stops it. */
  async function nameOfPack(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const pack = await RunningPack.start(args, env);
    try {
      return (await pack.info()).name;
    } finally {
      pack.stop();
    }
  }

  it("works by Pulumi's runner, with Node.js's options before it", async () => {
    assert.equal(await nameOfPack([preload, runner, engine, "."]), "landfall");
  });

  it("works by Pulumi's runner, with Node.js's options behind it, as the official language host puts them", async () => {
    assert.equal(await nameOfPack([runner, preload, engine, "."]), "landfall");
  });

  it("transpiles once, and works where nothing can be kept", async () => {
    const cache = mkdtempSync(join(tmpdir(), "landfall-cache-"));
    const kept = (): string[] => readdirSync(cache, { recursive: true, encoding: "utf8" }).sort();
    await nameOfPack(["index.js"], { LANDFALL_CACHE_HOME: cache });
    const first = kept();
    assert.ok(first.some((file) => file.endsWith(".js")));
    await nameOfPack(["index.js"], { LANDFALL_CACHE_HOME: cache });
    assert.deepEqual(kept(), first);
    rmSync(cache, { recursive: true });
    assert.equal(await nameOfPack(["index.js"], { LANDFALL_CACHE_HOME: "/dev/null/none" }), "landfall");
  });

  it("loads nothing of what stands empty: a module that the SDK has moved shows here", () => {
    const script = `
      require("@pulumi/policy");
      require("@pulumi/pulumi/cmd/run/tracing");
      const unused = /\\/(?:typescript|@npmcli\\/arborist|normalize-package-data|automation|@opentelemetry\\/(?!api\\/)[\\w-]+)\\//;
      const full = ([file, module]) => unused.test(file) && Object.keys(module.exports).length > 0;
      const loaded = Object.entries(require.cache).filter(full).map(([file]) => file);
      console.log(JSON.stringify({ loaded, inspected: process.moduleLoadList.includes("NativeModule inspector") }));`;
    const cwd = join(__dirname, "../../../policies");
    const said = execFileSync(process.execPath, [preload, "-e", script], { cwd, encoding: "utf8" });
    assert.deepEqual(JSON.parse(said), { loaded: [], inspected: false });
  });

  it("says where a function could not be made a cloud's own", () => {
    const script = `
      const { serializeFunction } = require("@pulumi/pulumi/runtime");
      serializeFunction(() => 1).catch((error) => console.log(error.message));`;
    const cwd = join(__dirname, "../../../policies");
    assert.match(
      execFileSync(process.execPath, [preload, "-e", script], { cwd, encoding: "utf8" }),
      /unused-modules\.js/,
    );
  });
});
