import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutRequest,
  GetProgramDependenciesRequest,
  GetRequiredPackagesRequest,
  InstallDependenciesRequest,
  ProgramInfo,
  RunPluginRequest,
  RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

import { type Listening, serve } from "../../../toolchain/language-host/server";
import { script, temporaryFolder } from "../engine/temporary-folder";

/** A runner that writes down how it was started, then does what `then` says. */
const witness = (then: string): string => `
require("node:fs").writeFileSync("started.json", JSON.stringify({
  arguments: process.argv.slice(2), node: process.execArgv, folder: process.cwd(), environment: process.env }));
${then}`;

describe("the language host", () => {
  const folder = temporaryFolder();
  let host: Listening;
  let client: LanguageRuntimeClient;

  before(async () => {
    host = await serve("127.0.0.1:4711");
    client = new LanguageRuntimeClient(`127.0.0.1:${host.port}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client.close();
    host.stop();
  });

  /** A program's folder whose @pulumi/pulumi has a runner of ours. */
  function program(runner: string, code: string): ProgramInfo {
    const place = path.join(folder(), "node_modules", "@pulumi", "pulumi", runner);
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, "index.js"), code);
    return info();
  }

  function info(options: Record<string, JavaScriptValue> = {}): ProgramInfo {
    const result = new ProgramInfo();
    result.setRootDirectory(folder());
    result.setProgramDirectory(folder());
    result.setEntryPoint("index.ts");
    result.setOptions(Struct.fromJavaScript(options));
    return result;
  }

  interface Started {
    arguments: string[];
    node: string[];
    folder: string;
    environment: Record<string, string>;
  }
  const started = (): Started => JSON.parse(fs.readFileSync(path.join(folder(), "started.json"), "utf8")) as Started;

  function run(of: ProgramInfo, change: (request: RunRequest) => void = () => undefined): Promise<RunResponse> {
    const request = new RunRequest();
    request.setInfo(of);
    request.setPwd(folder());
    request.setMonitorAddress("127.0.0.1:1");
    request.setProject("demo");
    request.setStack("local");
    request.setParallel(8);
    change(request);
    return promisify<RunRequest, RunResponse>(client.run.bind(client))(request);
  }

  it("starts a program with what the engine says about it", async () => {
    await run(program("cmd/run", witness("")), (request) => {
      request.setDryrun(true);
      request.setOrganization("organization");
      request.setArgsList(["--more"]);
    });
    const expected =
      "--monitor 127.0.0.1:1 --engine 127.0.0.1:4711 --organization organization --project demo " +
      `--root-directory ${folder()} --stack local --pwd ${folder()} --parallel 8 --dry-run index.ts --more`;
    assert.equal(started().arguments.join(" "), expected);
    assert.equal(started().folder, fs.realpathSync(folder()));
    assert.equal(started().environment.PULUMI_NODEJS_TYPESCRIPT, "true");
  });

  it("hands configuration over in the environment, never as arguments", async () => {
    await run(program("cmd/run", witness("")), (request) => {
      request.getConfigMap().set("demo:password", "hunter2");
      request.setConfigsecretkeysList(["demo:password"]);
    });
    const { environment, arguments: args } = started();
    assert.deepEqual(JSON.parse(environment.PULUMI_CONFIG ?? ""), { "demo:password": "hunter2" });
    assert.deepEqual(JSON.parse(environment.PULUMI_CONFIG_SECRET_KEYS ?? ""), ["demo:password"]);
    assert.ok(!args.join(" ").includes("hunter2"));
  });

  it("heeds the runtime options", async () => {
    program("cmd/run", witness(""));
    await run(info({ typescript: false, nodeargs: "--no-warnings --trace-exit" }));
    assert.deepEqual(started().node, ["--no-warnings", "--trace-exit"]);
    assert.equal(started().environment.PULUMI_NODEJS_TYPESCRIPT, undefined);
  });

  it("refuses a runtime option of the wrong kind", async () => {
    program("cmd/run", "");
    await assert.rejects(
      run(info({ typescript: "yes" })),
      /runtime\.options\.typescript {2}"yes" cannot be used: it is/,
    );
    await assert.rejects(run(info({ packagemanager: "cargo" })), /it is not known; use npm, pnpm, yarn, bun/);
  });

  it("says how a program ended", async () => {
    const endings: [string, { error: string; bail: boolean }][] = [
      ["", { error: "", bail: false }],
      ["process.exit(32)", { error: "", bail: true }],
      ["process.exit(3)", { error: "the program ended with exit code 3", bail: false }],
      ["process.kill(process.pid, 'SIGKILL')", { error: "the program was ended by signal SIGKILL", bail: false }],
    ];
    for (const [code, expected] of endings) {
      assert.deepEqual((await run(program("cmd/run", code))).toObject(), expected);
    }
  });

  it("says what to do when the program's packages are not installed", async () => {
    await assert.rejects(run(info()), /has no package @pulumi\/pulumi that can be loaded; install its packages/);
  });

  /** Runs a plugin and gathers all that it says. */
  function plugin(
    kind: string,
    of: ProgramInfo,
    pwd: string,
  ): { call: grpc.ClientReadableStream<unknown>; all: Promise<string[]> } {
    const request = new RunPluginRequest();
    request.setKind(kind);
    request.setInfo(of);
    request.setPwd(pwd);
    request.setArgsList(["127.0.0.1:4711"]);
    request.setEnvList(["PLUGIN_SETTING=a=b"]);
    const call = client.runPlugin(request);
    const said: string[] = [];
    call.on("data", (message) => {
      const { stdout, stderr } = { stdout: message.getStdout_asU8(), stderr: message.getStderr_asU8() };
      said.push(
        stdout.length > 0
          ? `out ${Buffer.from(stdout).toString().trim()}`
          : stderr.length > 0
            ? `err ${Buffer.from(stderr).toString().trim()}`
            : `code ${message.getExitcode()}`,
      );
    });
    const all = new Promise<string[]>((resolve, reject) => {
      call.on("end", () => resolve(said));
      call.on("error", (error: grpc.ServiceError) =>
        error.code === grpc.status.CANCELLED ? resolve(said) : reject(error),
      );
    });
    return { call, all };
  }

  it("streams what a plugin prints, and its exit code last", async () => {
    const code = 'console.log("50051"); setTimeout(() => { console.error("bad"); process.exitCode = 7; }, 50);';
    const of = program("cmd/run-plugin", witness(code));
    assert.deepEqual(await plugin("resource", of, folder()).all, ["out 50051", "err bad", "code 7"]);
    assert.deepEqual(started().arguments, [folder(), "127.0.0.1:4711"]);
    assert.equal(started().environment.PLUGIN_SETTING, "a=b");
  });

  it("runs a policy pack in its own folder", async () => {
    const of = program("cmd/run-policy-pack", witness(""));
    await plugin("analyzer", of, "/").all;
    assert.equal(started().folder, fs.realpathSync(folder()));
    assert.deepEqual(started().arguments, ["127.0.0.1:4711", "."]);
  });

  it("ends a plugin when the engine hangs up", async () => {
    const of = program("cmd/run-plugin", witness("console.log(process.pid); setInterval(() => {}, 1000);"));
    const { call, all } = plugin("resource", of, folder());
    const pid = await new Promise<number>((resolve) =>
      call.once("data", (message) => resolve(Number(Buffer.from(message.getStdout_asU8()).toString()))),
    );
    call.cancel();
    await all;
    for (let tries = 0; fs.existsSync(`/proc/${pid}`); tries++) {
      assert.ok(tries < 100, `process ${pid} still runs 2 s later`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it("installs nothing where packages are installed", async () => {
    fs.writeFileSync(path.join(folder(), "package.json"), "{}");
    fs.mkdirSync(path.join(folder(), "node_modules"));
    assert.equal(await install(), "");
  });

  it("installs exactly what the lock file says, and streams it", async () => {
    fs.writeFileSync(path.join(folder(), "package.json"), "{}");
    fs.writeFileSync(path.join(folder(), "package-lock.json"), "{}");
    assert.equal(await install('echo "npm $*"'), "npm ci\n");
  });

  it("says when the installation failed", async () => {
    fs.writeFileSync(path.join(folder(), "package.json"), "{}");
    await assert.rejects(install("exit 4"), /npm install in .* ended with exit code 4/);
  });

  async function install(npm = "exit 1"): Promise<string> {
    script(path.join(folder(), "bin", "npm"), npm);
    const PATH = process.env.PATH;
    process.env.PATH = `${path.join(folder(), "bin")}:${PATH}`;
    try {
      const request = new InstallDependenciesRequest();
      request.setInfo(info());
      const call = client.installDependencies(request);
      let said = "";
      call.on("data", (message) => (said += Buffer.from(message.getStdout_asU8()).toString()));
      await new Promise((resolve, reject) => call.on("end", resolve).on("error", reject));
      return said;
    } finally {
      process.env.PATH = PATH;
    }
  }

  it("lists providers and packages of a program", async () => {
    const of = program("cmd/run", "");
    const place = path.join(folder(), "node_modules", "@pulumi");
    for (const name of ["tls", "pulumi"]) {
      fs.mkdirSync(path.join(place, name), { recursive: true });
      const manifest = { name: `@pulumi/${name}`, version: "5.5.1", pulumi: { resource: name === "tls" } };
      fs.writeFileSync(path.join(place, name, "package.json"), JSON.stringify(manifest));
    }
    fs.writeFileSync(path.join(folder(), "package.json"), '{"dependencies":{"@pulumi/tls":"^5"}}');

    assert.deepEqual(await providers(of), ["resource tls 5.5.1"]);
    assert.deepEqual(await dependencies(of, false), ["@pulumi/tls"]);
    assert.deepEqual(await dependencies(of, true), ["@pulumi/pulumi", "@pulumi/tls"]);
  });

  function providers(of: ProgramInfo): Promise<string[]> {
    const request = new GetRequiredPackagesRequest();
    request.setInfo(of);
    return new Promise((resolve, reject) =>
      client.getRequiredPackages(request, (error, response) =>
        error
          ? reject(error)
          : resolve(response.getPackagesList().map((one) => `${one.getKind()} ${one.getName()} ${one.getVersion()}`)),
      ),
    );
  }

  function dependencies(of: ProgramInfo, transitive: boolean): Promise<string[]> {
    const request = new GetProgramDependenciesRequest();
    request.setInfo(of);
    request.setTransitivedependencies(transitive);
    return new Promise((resolve, reject) =>
      client.getProgramDependencies(request, (error, response) =>
        error ? reject(error) : resolve(response.getDependenciesList().map((one) => one.getName())),
      ),
    );
  }

  it("says which Node.js it is", async () => {
    const about = await new Promise<string[]>((resolve, reject) =>
      client.about(new AboutRequest(), (error, response) =>
        error ? reject(error) : resolve([response.getExecutable(), response.getVersion()]),
      ),
    );
    assert.deepEqual(about, [process.execPath, process.version]);
  });
});
