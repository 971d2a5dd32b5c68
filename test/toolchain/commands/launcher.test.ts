import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../../toolchain/commands/project";

interface Launcher {
  nodeProblem(version: string, range: string): string | undefined;
  modulesState(root: string): string;
  stampModules(root: string): void;
}

const loaderFile = "from-sources.cjs";
const launcherFile = join(projectRoot, "toolchain", "run.mjs");

// An ES module: compiled to CommonJS, a plain `import()` would become a `require`.
const load = new Function("url", "return import(url)") as (url: string) => Promise<Launcher>;

describe("launcher", () => {
  let launcher: Launcher;
  let folder: string;
  before(async () => {
    launcher = await load(pathToFileURL(launcherFile).href);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-launcher-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lock = (packages: Record<string, object>): void =>
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...packages } }));
  const installed = (packages: Record<string, object>): void => {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
  };
  const one = { "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } };

  it("takes the Node.js that package.json asks for, and newer ones", () => {
    for (const version of ["20.19.0", "20.20.2", "22.0.0", "24.21.0"]) {
      assert.equal(launcher.nodeProblem(version, ">=20.19.0"), undefined, version);
    }
    for (const version of ["20.18.3", "18.20.0", "8.0.0"]) {
      assert.equal(
        launcher.nodeProblem(version, ">=20.19.0"),
        `Node.js ${version} is too old; Landfall needs 20.19.0 or newer`,
      );
    }
  });

  it("sees that node modules are missing", () => {
    lock(one);
    assert.equal(launcher.modulesState(folder), "missing");
    mkdirSync(join(folder, "node_modules"));
    assert.equal(launcher.modulesState(folder), "missing", "an install that was cut off leaves no record");
  });

  it("takes node modules that were installed by hand from the same package-lock.json", () => {
    lock({ ...one, "node_modules/b": { version: "1.0.0", optional: true } });
    installed(one);
    assert.equal(launcher.modulesState(folder), "ready");
  });

  it("sees that package-lock.json asks for another version, for more or for less", () => {
    installed(one);
    lock({ "node_modules/a": { version: "1.0.1", integrity: "sha512-b" } });
    assert.equal(launcher.modulesState(folder), "changed");
    lock({ ...one, "node_modules/b": { version: "1.0.0" } });
    assert.equal(launcher.modulesState(folder), "changed");
    lock({});
    assert.equal(launcher.modulesState(folder), "changed");
  });

  it("remembers what it installed until package-lock.json changes", () => {
    lock(one);
    installed({});
    launcher.stampModules(folder);
    assert.equal(launcher.modulesState(folder), "ready");
    lock({ ...one, "node_modules/b": { version: "1.0.0" } });
    assert.equal(launcher.modulesState(folder), "changed");
  });

  describe("in a fresh clone", () => {
    const npm = join("bin", "npm");
    const start = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [join(folder, "toolchain", "run.mjs"), ...words], {
        encoding: "utf8",
        env: { PATH: `${join(folder, "bin")}:${process.env.PATH}` },
      });
    beforeEach(() => {
      mkdirSync(join(folder, "toolchain", "commands"), { recursive: true });
      cpSync(launcherFile, join(folder, "toolchain", "run.mjs"));
      cpSync(join(projectRoot, "components", loaderFile), join(folder, "components", loaderFile));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ engines: { node: ">=20.19.0" } }));
      writeFileSync(
        join(folder, "toolchain", "commands", "main.ts"),
        "export const main = async (argv: string[]): Promise<number> => { console.log(JSON.stringify(argv)); return 7; };\n",
      );
      lock(one);
      mkdirSync(join(folder, "bin"));
    });
    /** npm, played by a shell script. */
    const npmThat = (script: string): void => {
      writeFileSync(join(folder, npm), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, npm), 0o755);
    };

    it("installs once, tells so on stderr only, and passes arguments and exit status through", () => {
      const modules = join(projectRoot, "node_modules");
      npmThat(
        `echo "$@" >> npm-calls; mkdir -p node_modules; ln -s ${modules}/* node_modules/
         echo '{"packages":{}}' > node_modules/.package-lock.json`,
      );
      const first = start("status", "--json");
      assert.equal(first.stdout, '["status","--json"]\n', first.stderr);
      assert.equal(first.status, 7);
      assert.match(
        first.stderr,
        /^node modules +installing 1 packages with npm ci \.\.\.\nnode modules +installed in \d+ s\n$/,
      );
      const second = start("status");
      assert.equal(second.stderr, "");
      assert.equal(readFileSync(join(folder, "npm-calls"), "utf8"), "ci --no-audit --no-fund --loglevel=error\n");
    });

    it("ends with npm's own words when the install fails, and tries again next time", () => {
      npmThat("echo 'npm error network down' >&2; exit 3");
      const failed = start("up");
      assert.equal(failed.status, 1);
      assert.match(failed.stderr, /npm ci failed, exit status 3; .*\nnpm error network down\n$/);
      assert.equal(existsSync(join(folder, "node_modules", ".landfall-lock")), false);
    });
  });

  it("lists the commands for one that is unknown", () => {
    const answer = spawnSync(process.execPath, [launcherFile, "frobnicate"], { encoding: "utf8" });
    assert.equal(answer.status, 2);
    assert.equal(answer.stdout, "");
    assert.match(answer.stderr, /There is no command 'frobnicate'/);
    for (const command of ["up", "down", "status", "shell", "preview", "env", "test", "check", "bench"]) {
      assert.match(answer.stderr, new RegExp(`^npm run ${command} +\\S`, "m"));
    }
  });
});
