import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { appFolder } from "../../../components/app/paths";
import { SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, apply, blog, shop, useHostWithApps } from "./applying";

/** A git server on this computer, on the address that machines reach it at. */
function serveGit(address: string, write: (folder: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), "landfall-git-"));
  const repository = join(folder, "site.git");
  const git = (...words: string[]): string =>
    execFileSync("git", ["-C", repository, "-c", "user.name=t", "-c", "user.email=t@t.invalid", ...words], {
      encoding: "utf8",
    });
  mkdirSync(repository);
  git("init", "--quiet", "--initial-branch=main");
  write(repository);
  git("add", ".");
  git("commit", "--quiet", "--message=first");
  git("tag", "v1");
  const words = [
    "daemon",
    "--reuseaddr",
    "--export-all",
    `--base-path=${folder}`,
    `--listen=${address}`,
    "--port=9418",
  ];
  const server = spawn(
    `${execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim()}/git-daemon`,
    words.slice(1),
  );
  return {
    url: `git://${address}/site.git`,
    commit: git("rev-parse", "HEAD").trim(),
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe("a host that makes releases", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);

  it("builds a Python environment once for all releases that ask for the same", async () => {
    const snake = { ...blog, requirements: ["idna==3.10"], before: "import idna", answer: "idna is there" };
    const plan = sample.publishApps([snake, shop]);
    const { status, stdout } = await applied(host);
    assert.equal(status.applied, plan);
    assert.match(stdout, /building Python environment/);
    assert.equal(await answer(host, snake), "idna is there");
    const folder = `/opt/landfall/environments/${status.apps[0]?.environment}`;
    assert.match(await host.exec(`find ${folder} -path '*/idna/__pycache__/core*.pyc'`), /pyc/, "it is compiled");

    sample.publishApps([{ ...snake, answer: "idna is still there" }, shop]);
    assert.doesNotMatch((await applied(host)).stdout, /building/);

    await host.exec(`rm ${folder}/.complete ${folder}/bin/python`);
    assert.match((await applied(host)).stdout, /building/, "one that a killed run left is built again");
    assert.equal(await answer(host, snake), "idna is still there");
  });

  it("takes code from git, at a branch, a tag or a commit, and from a folder of it", async () => {
    const served = serveGit(host.gateway, (folder) => {
      sample.writeCode({ ...blog, answer: "from git" }, join(folder, "apps", "blog"));
    });
    try {
      for (const ref of ["main", "v1", served.commit]) {
        const git = { url: served.url, ref, directory: "apps/blog" };
        const plan = sample.publishApps([{ ...blog, answer: "from git", git }, shop]);
        assert.equal((await applied(host)).status.applied, plan);
        assert.equal(await answer(host, blog), "from git");
      }
      const code = `${appFolder("blog")}/current/code`;
      assert.equal((await host.exec(`ls -A ${code}`)).trim(), "app.py\nrequirements.txt");
      for (const [git, said] of [
        [{ url: served.url, ref: "nowhere", directory: "" }, /nowhere/],
        [{ url: served.url, ref: "main", directory: "apps/none" }, /has no folder 'apps\/none'/],
        [{ url: served.url, ref: "main", directory: "../../.." }, /has no folder/],
        [{ url: "ext::sh -c true", ref: "main", directory: "" }, /transport 'ext' not allowed/],
      ] as const) {
        sample.publishApps([{ ...blog, git }, shop]);
        const { status } = await apply(host);
        assert.equal(status.state, "failed");
        assert.match(status.message, said);
      }
    } finally {
      served.stop();
    }
  });
});
