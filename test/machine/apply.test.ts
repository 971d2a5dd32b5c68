import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { appFolder, dataFolder, secretFile, serviceUnit } from "../../components/app/paths";
import { applyProgram } from "../../components/host/apply/program";
import { ApplyStatus, statusFile } from "../../components/host/apply/status";
import { userData } from "../../components/host/cloud-init/user-data";
import { bootstrapPath } from "../../components/host/cloud-init/units";
import { sha256 } from "../../components/host/digest";
import { HostPlan } from "../../components/host/plan";
import { SampleApp, SampleStore } from "../components/host/apply/sample-host";
import { TestMachine, useMachine } from "./machine";

const store = { kind: "folder", path: "/srv/landfall/store", parameters: "/srv/landfall/parameters" } as const;
/** What the sample plans need, as an image layer, where the installation is not the matter of the test. */
const samplePackages = ["git", "nginx-light", "openssl", "python3-venv"];

const blog: SampleApp = { name: "blog", domain: "blog.localhost", answer: "blog, first edition" };
const shop: SampleApp = {
  name: "shop",
  domain: "shop.localhost",
  answer: "shop is open",
  secret: { name: "token", generate: false },
};

/** Runs a Python program that is killed before the n-th time it changes a file's name or starts another program. */
const dieAtStep = `
import os, runpy, signal, subprocess, sys
left = int(sys.argv[1])

def counted(function):
    def call(*words, **named):
        global left
        # The status is only told, nothing hangs on it.
        left -= not str(words[-1]).endswith("status.json")
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*words, **named)
    return call

for module, name in ((os, "replace"), (os, "rename"), (os, "unlink"), (os, "symlink"), (subprocess, "Popen")):
    setattr(module, name, counted(getattr(module, name)))
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
`;

/** One call of the apply program, as `up` makes it. */
async function apply(host: TestMachine, ...words: string[]) {
  const began = performance.now();
  const outcome = await host.attempt(["python3", bootstrapPath, ...words], { timeoutSeconds: 170 });
  const status = JSON.parse(await host.readFile(statusFile)) as ApplyStatus;
  return { ...outcome, status, seconds: (performance.now() - began) / 1000 };
}

async function applied(host: TestMachine, ...words: string[]) {
  const run = await apply(host, ...words);
  assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
  assert.equal(run.status.state, "applied");
  return run;
}

/** What the site answers through the machine's own web server. */
async function answer(host: TestMachine, app: SampleApp, path = "/"): Promise<string> {
  const resolve = `${app.domain}:443:127.0.0.1`;
  return await host.exec(["curl", "-sk", "--max-time", "10", "--resolve", resolve, `https://${app.domain}${path}`]);
}

async function makeCertificate(host: TestMachine, subject: string): Promise<{ fullchain: string; privkey: string }> {
  const made = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '${subject}' -keyout /root/k -out /root/c`;
  await host.exec(made);
  return { fullchain: await host.readFile("/root/c"), privkey: await host.readFile("/root/k") };
}

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

async function healthyByItself(host: TestMachine, plan: string, seconds: number): Promise<ApplyStatus> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const { stdout } = await host.attempt(["cat", statusFile]);
    const status = stdout ? (JSON.parse(stdout) as ApplyStatus) : undefined;
    if (status?.state === "applied" && status.plan === plan) return status;
    if (Date.now() > deadline) {
      const log = await host.attempt("journalctl --no-pager -n 60; systemctl list-jobs");
      assert.fail(`not applied after ${seconds} s: ${JSON.stringify(status)}\n${log.stdout}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe("a host at its first boot", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  const plan = sample.publishApps([blog]);
  const host = useMachine({ userData: userData({ store }), binds: sample.binds });
  after(() => sample.remove());

  it("comes from a bare image to healthy apps without being told", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    const status = await healthyByItself(host, plan, 120);
    assert.equal(status.applied, plan);
    assert.deepEqual(
      status.apps.map(({ name, healthy }) => [name, healthy]),
      [["blog", true]],
    );
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("takes user data that cloud-init's schema accepts", async () => {
    await host.writeFile("/root/user-data", userData({ store }));
    assert.match(await host.exec("cloud-init schema --config-file /root/user-data"), /Valid/);
  });

  it("applies again at each boot, and leaves what is right alone", async () => {
    await host.reboot();
    await host.cloudInit();
    await healthyByItself(host, plan, 30);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host whose first boot is cut off", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  const plan = sample.publishApps([blog]);
  const enabled = "/etc/systemd/system/multi-user.target.wants/landfall-apply.service";
  const semaphores = "/var/lib/cloud/instance/sem/config_write_files";
  const host = useMachine({ userData: userData({ store }), binds: sample.binds });
  after(() => sample.remove());

  it("finishes on the next boot, in cloud-init and in the middle of apt", async () => {
    // As a power cut between the mark of write_files and the end of runcmd would leave it.
    await host.cloudInit();
    await host.kill();
    await host.start();
    await host.exec(
      `systemctl stop landfall-apply.timer landfall-apply.service; rm -f ${enabled} ${bootstrapPath}; sync`,
    );
    assert.equal(
      (await host.attempt(["test", "-e", semaphores])).code,
      0,
      "cloud-init names its semaphores differently",
    );
    await host.kill();
    await host.start();

    await host.exec(`for i in $(seq 600); do pgrep -x dpkg && exit 0; sleep 0.05; done; exit 1`, {
      timeoutSeconds: 60,
    });
    await host.kill();
    await host.start();
    await healthyByItself(host, plan, 150);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host with Debian 13", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const snake = { ...blog, requirements: ["idna==3.10"], before: "import idna" };
  const publish = (app: SampleApp): string =>
    sample.publishApps([app], (plan) => {
      plan.debian = 13;
      for (const release of plan.releases) if (release.python) release.python.key = null;
    });
  const plan = publish(snake);
  const host = useMachine({
    debian: 13,
    packages: samplePackages,
    userData: userData({ store }),
    binds: sample.binds,
  });
  after(() => sample.remove());

  it("is healthy after its first boot, with a Python environment", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    await healthyByItself(host, plan, 120);
    assert.equal(await answer(host, snake), snake.answer);
    await host.writeFile("/root/user-data", userData({ store }));
    assert.match(await host.exec("cloud-init schema --config-file /root/user-data 2>&1"), /Valid/);
  });

  it("gets new code and switches a broken release back", async () => {
    const second = { ...snake, answer: "second" };
    publish(second);
    await applied(host);
    publish({ ...second, before: "raise SystemExit(1)" });
    assert.equal((await apply(host)).status.state, "reverted");
    assert.equal(await answer(host, second), "second");
  });
});

describe("a host that gets new plans", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const host = useMachine({ packages: samplePackages, userData: userData({ store }), binds: sample.binds });
  const secretOfShop = "correct horse battery staple";
  const second = { ...blog, answer: "blog, second edition" };

  before(async () => {
    sample.setParameter("secrets/shop/token", secretOfShop);
    sample.publishApps([blog, shop]);
    await host.cloudInit();
    await applied(host);
  });
  after(() => sample.remove());

  it("changes nothing when nothing changed", async () => {
    const mark = "find /etc /opt /usr/local /var/lib/landfall/data -newer /root/mark ! -type d";
    await host.exec("sleep 0.1; touch /root/mark");
    const pids = [await answer(host, blog, "/pid"), await answer(host, shop, "/pid")];
    assert.equal((await applied(host)).stdout, "applied: 2 apps healthy\n");
    const changed = (await host.exec(mark)).split("\n").filter((path) => path && !path.endsWith("/.complete"));
    assert.deepEqual(changed, []);
    assert.deepEqual([await answer(host, blog, "/pid"), await answer(host, shop, "/pid")], pids);
  });

  it("puts new code of one app in place and leaves the others alone", async () => {
    const pid = await answer(host, shop, "/pid");
    const reloads = "systemctl show -p ExecMainStartTimestampMonotonic,StateChangeTimestampMonotonic nginx";
    const web = await host.exec(reloads);
    const plan = sample.publishApps([second, shop]);
    const { status } = await applied(host);
    assert.equal(status.applied, plan);
    assert.equal(await answer(host, second), second.answer);
    assert.equal(await answer(host, shop, "/pid"), pid);
    assert.equal(await host.exec(reloads), web);
  });

  it("hands a secret to its app, and shows it nowhere", async () => {
    assert.equal(await answer(host, shop, "/secret"), sha256(secretOfShop));
    assert.equal((await host.exec(`stat -c '%a %U' ${secretFile("shop", "token")}`)).trim(), "600 root");
    const places = "/var/lib/landfall/status.json /var/lib/landfall/state.json /var/log";
    const found = await host.attempt(
      `journalctl --no-pager | cat - $(find ${places} -type f) | grep -aF '${secretOfShop}'`,
    );
    assert.equal(found.stdout, "");
  });

  it("restarts an app for its new secret, and no other", async () => {
    const pid = await answer(host, second, "/pid");
    sample.setParameter("secrets/shop/token", "another value of the secret");
    await applied(host);
    assert.equal(await answer(host, shop, "/secret"), sha256("another value of the secret"));
    assert.equal(await answer(host, second, "/pid"), pid);
  });

  it("switches back a release that does not start, with its secret, and says what its journal says", async () => {
    const before = (await applied(host)).status.applied;
    const broken = {
      ...shop,
      answer: "shop, renovated",
      before: "raise RuntimeError('paint is wet')",
      startSeconds: 170,
    };
    sample.setParameter("secrets/shop/token", "the value for the broken release");
    const plan = sample.publishApps([second, broken]);
    const { code, status, seconds } = await apply(host);

    assert.equal(code, 1);
    assert.equal(status.state, "reverted");
    assert.equal(status.plan, plan);
    assert.equal(status.applied, before);
    assert.deepEqual(
      status.problems.map((problem) => problem.app),
      ["shop"],
    );
    assert.match(status.problems[0]?.log.join("\n") ?? "", /RuntimeError: paint is wet/);
    assert.ok(seconds < 100, `waited ${seconds} s for a unit that kept crashing`);
    assert.equal(await answer(host, shop), shop.answer);
    assert.equal(await answer(host, shop, "/secret"), sha256("another value of the secret"));
  });

  it("does not try a plan again by itself that was taken back, but keeps the old one in order", async () => {
    await host.exec(`systemctl stop ${serviceUnit("blog")} app-blog.socket`);
    const { code, status, stdout } = await apply(host, "--unattended");
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /going back/);
    assert.equal(status.state, "reverted");
    assert.match(status.problems[0]?.log.join("\n") ?? "", /paint is wet/);
    assert.equal(await answer(host, second), second.answer);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("tries it again when told to, and by itself when its parameters have changed", async () => {
    assert.equal((await apply(host)).status.state, "reverted");
    sample.setParameter("secrets/shop/token", "another value of the secret");
    const { status } = await apply(host, "--unattended");
    assert.equal(status.state, "reverted");
    assert.match(status.message, /taken back/);
    sample.publishApps([second, shop]);
    await applied(host);
  });

  it("switches back an app that runs but answers wrongly", async () => {
    const mute = { ...second, answer: "out of order" };
    sample.publishApps([mute, shop], (plan) => {
      for (const check of plan.health)
        if (check.app === "blog") Object.assign(check, { contains: "edition", startSeconds: 2 });
    });
    const { status } = await apply(host);
    assert.equal(status.state, "reverted");
    assert.match(status.problems[0]?.message ?? "", /without the text 'edition'/);
    assert.equal(await answer(host, second), second.answer);
  });

  it("refuses a web server configuration that nginx refuses, before anything changes", async () => {
    const before = await host.exec("find /etc/nginx /etc/systemd/system -type f | sort | xargs cat | sha256sum");
    sample.publishApps([{ ...second, answer: "third" }, shop], (plan) => {
      const site = plan.files.find((file) => file.path.endsWith("sites/blog.localhost.conf"));
      if (site) site.content = site.content.replace("location / {", "location / {\n    proxy_pas http://x;");
    });
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.equal(status.state, "failed");
    assert.match(status.message, /unknown directive "proxy_pas" in \/etc\/nginx\/sites\/blog.localhost.conf:7/);
    assert.equal(await host.exec("find /etc/nginx /etc/systemd/system -type f | sort | xargs cat | sha256sum"), before);
    assert.equal(await answer(host, second), second.answer);
  });

  it("refuses units that systemd refuses, before anything changes", async () => {
    for (const [good, bad, said] of [
      ["ExecStart=/usr/bin/python3", "ExecStart=/usr/bin/python4", /\/usr\/bin\/python4 is not executable/],
      ["Restart=always", "Restart=alwys", /Failed to parse service restart specifier/],
      ["RestartSec=100ms", "RestartSek=100ms", /Unknown key.* 'RestartSek'/],
    ] as const) {
      sample.publishApps([second, shop], (plan) => {
        const unit = plan.files.find((file) => file.path.endsWith("app-blog.service"));
        if (unit) unit.content = unit.content.replace(good, bad);
      });
      const { status } = await apply(host);
      assert.equal(status.state, "failed");
      assert.match(status.message, said);
      assert.equal(await answer(host, second), second.answer);
    }
  });

  it("names the parameters that are missing, and nothing changes", async () => {
    sample.removeParameter("secrets/shop/token");
    sample.publishApps([{ ...second, answer: "third" }, shop]);
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.equal(status.state, "failed");
    assert.match(status.message, /secrets\/shop\/token \(secret 'token' of app 'shop'\)/);
    assert.equal(await answer(host, second), second.answer);
    sample.setParameter("secrets/shop/token", secretOfShop);
  });

  it("makes a secret up where that is wanted, and keeps it", async () => {
    const bank = { ...blog, name: "bank", domain: "bank.localhost", secret: { name: "key", generate: true } };
    sample.publishApps([second, shop, bank]);
    await applied(host);
    const value = await answer(host, bank, "/secret");
    await applied(host);
    assert.equal(await answer(host, bank, "/secret"), value);
    assert.match(await host.readFile(secretFile("bank", "key")), /^[0-9a-f]{64}$/);
  });

  it("removes an app that is gone, all but its data", async () => {
    await host.exec(`touch ${dataFolder("bank")}/ledger`);
    sample.publishApps([second, shop]);
    await applied(host);
    const left = await host.exec(
      "systemctl list-units --all --no-legend 'app-bank*'; ls /etc/systemd/system /etc/nginx/sites",
    );
    assert.doesNotMatch(left, /bank/);
    assert.equal((await host.attempt(["test", "-e", appFolder("bank")])).code, 1);
    assert.equal((await host.attempt(["test", "-e", `${dataFolder("bank")}/ledger`])).code, 0);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("puts right what was changed by hand", async () => {
    const site = "/etc/nginx/sites/blog.localhost.conf";
    await host.exec(
      `echo '# mine' >> ${site}; chmod 600 ${site}; rm -r ${appFolder("shop")}/current; systemctl stop nginx`,
    );
    await applied(host, "--unattended");
    assert.doesNotMatch(await host.readFile(site), /mine/);
    assert.equal((await host.exec(`stat -c %a ${site}`)).trim(), "644");
    assert.equal(await answer(host, second), second.answer);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("finishes what a killed run has begun, whatever step it was killed at", async function () {
    this.timeout(300_000);
    await host.writeFile("/root/die.py", dieAtStep);
    let step = 0;
    for (let died = true; died;) {
      step += 3;
      const secret = { name: `secret${step}`, generate: true };
      const edition = { ...blog, answer: `blog, edition ${step}`, secret };
      sample.setParameter("secrets/shop/token", `value number ${step}`);
      const plan = sample.publishApps([edition, shop], (adjusted) => {
        for (const file of adjusted.files) if (file.path.startsWith("/etc/nginx")) file.content += `# ${step}\n`;
      });
      const program = `/srv/landfall/store/programs/${applyProgram().digest}.py`;
      const words = [program, "--plan", `/srv/landfall/store/plans/${plan}.json`, "--digest", plan];
      died = (await host.attempt(["python3", "/root/die.py", String(step), ...words])).code !== 0;

      assert.equal((await applied(host)).status.applied, plan);
      assert.equal(await answer(host, edition), edition.answer, `killed at step ${step}`);
      assert.equal(
        await answer(host, edition, "/secret"),
        sha256(await host.readFile(secretFile("blog", secret.name))),
      );
      assert.equal(await answer(host, shop, "/secret"), sha256(`value number ${step}`));
      assert.match(await host.exec("nginx -T 2>/dev/null | tail -3"), new RegExp(`# ${step}\n`));
    }
    assert.ok(step > 40, `the whole run had only ${step} steps`);
    const releases = await host.exec(`ls ${appFolder("blog")}/releases`);
    assert.equal(
      releases.trim().split("\n").length,
      3,
      `the current release and two former ones are kept: ${releases}`,
    );
    assert.equal((await host.exec("find / -xdev -name '.landfall-*'")).trim(), "");
    assert.equal((await host.attempt("ls -d /run/landfall-stage /var/lib/landfall/previous")).stdout, "");
  });

  it("serves a placeholder certificate until the real one is there, and refuses a key that is not its own", async () => {
    const subject = `echo | openssl s_client -connect 127.0.0.1:443 -servername ${shop.domain} 2>/dev/null | openssl x509 -noout -subject`;
    assert.match(await host.exec(subject), /Landfall placeholder/);

    const real = await makeCertificate(host, "/CN=The real one");
    sample.setParameter(`tls/${shop.domain}`, JSON.stringify(real));
    const pid = await answer(host, shop, "/pid");
    await applied(host);
    assert.match(await host.exec(subject), /The real one/);
    assert.equal(await answer(host, shop, "/pid"), pid);

    const other = await makeCertificate(host, "/CN=Another one");
    for (const [value, said] of [
      [JSON.stringify({ ...real, privkey: other.privkey }), /tls\/shop.localhost: privkey does not belong/],
      [JSON.stringify({ ...real, privkey: "no key at all" }), /privkey: not a key/],
      ["not even JSON", /not a JSON object/],
    ] as const) {
      sample.setParameter(`tls/${shop.domain}`, value);
      const { status, stdout, stderr } = await apply(host);
      assert.equal(status.state, "failed");
      assert.match(status.message, said);
      const shown = JSON.stringify(status) + stdout + stderr + (await host.exec("cat /var/log/landfall/apply.log"));
      assert.doesNotMatch(shown, /PRIVATE KEY|no key at all|not even JSON/);
      assert.match(await host.exec(subject), /The real one/);
    }
    sample.setParameter(`tls/${shop.domain}`, JSON.stringify(real));
    await applied(host);
  });

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

  it("says which requirement cannot be had, and nothing changes", async () => {
    sample.publishApps([{ ...blog, requirements: ["idna==999"], answer: "never" }, shop]);
    const { status } = await apply(host);
    assert.equal(status.state, "failed");
    assert.match(status.message, /app blog: its Python environment cannot be built[^]*idna==999/);
    assert.equal(await answer(host, blog), "idna is still there");
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

  it("refuses code, plan and program that do not have their digest, and a store without a pointer", async () => {
    const good = { ...blog, answer: "unspoilt" };
    sample.publishApps([good, shop], (plan) => sample.spoil(`code/${plan.releases[0]?.source.archive}.tar.gz`));
    assert.match((await apply(host)).status.message, /app blog: the archive \w+ cannot be decompressed/);

    const plan = sample.publishApps([good, shop]);
    await applied(host);
    for (const path of [`plans/${plan}.json`, `programs/${applyProgram().digest}.py`, "current.json"]) {
      sample.spoil(path);
      const { code, status } = await apply(host);
      assert.equal(code, 1);
      assert.equal(status.state, "failed");
      assert.match(status.message, /the host plan cannot be had from the store/);
      assert.equal(status.applied, plan);
      sample.publishApps([good, shop]);
    }
    assert.equal(await answer(host, good), "unspoilt");
    await applied(host);
  });

  it("goes back when another program holds a port that the new configuration needs", async () => {
    const now = { ...blog, answer: "unspoilt" };
    await host.exec("systemd-run --quiet --unit=squatter python3 -m http.server --bind 127.0.0.1 8444");
    await host.exec("for i in $(seq 100); do curl -s 127.0.0.1:8444 >/dev/null && exit 0; sleep 0.05; done; exit 1");
    const mainPid = "systemctl show -p MainPID nginx";
    const main = await host.exec(mainPid);
    sample.publishApps([now, shop], (plan) => {
      const site = plan.files.find((file) => file.path.endsWith("sites/blog.localhost.conf"));
      if (site) site.content = site.content.replace("listen 443 ssl;", "listen 443 ssl;\n  listen 8444;");
    });
    const { status } = await apply(host);
    assert.equal(status.state, "reverted");
    assert.match(status.message, /nginx has not taken its new configuration/);
    assert.match(status.problems[0]?.log.join("\n") ?? "", /bind\(\) to 0.0.0.0:8444 failed/);
    assert.equal(await host.exec(mainPid), main, "going back reloads nginx, it does not restart it");
    assert.equal(await answer(host, now), "unspoilt");
    await host.exec("systemctl stop squatter");
  });

  it("looks at the unit of an app that cannot be asked, and at the greeting of one that does not speak HTTP", async () => {
    const now = { ...blog, answer: "unspoilt" };
    const quiet = (contains: string) => (plan: HostPlan) => {
      plan.health = plan.health.filter((check) => check.app !== "shop");
      const socket = plan.files.find((file) => file.path.endsWith("app-blog.socket"));
      if (socket) socket.content = socket.content.replace("SocketUser", "ListenStream=127.0.0.1:2500\nSocketUser");
      Object.assign(plan.health[0] ?? {}, { web: null, port: 2500, contains, startSeconds: 2 });
    };
    const greeting =
      "import threading\nport = socket.socket(fileno=4)\ndef greet():\n  while True:\n    port.accept()[0].sendall(b'220 ready')\nthreading.Thread(target=greet, daemon=True).start()";
    const greeter = { ...now, before: greeting };
    const plan = sample.publishApps([greeter, shop], quiet("220 ready"));
    assert.equal((await applied(host)).status.applied, plan);

    sample.publishApps([greeter, shop], quiet("554 go away"));
    const { status } = await apply(host);
    assert.equal(status.state, "failed", "the app was like this before the plan, so there is nothing to go back to");

    sample.publishApps([greeter, { ...shop, before: "raise SystemExit(3)" }], quiet("220 ready"));
    const crashed = await apply(host);
    assert.equal(crashed.status.state, "reverted");
    assert.match(crashed.status.problems[0]?.message ?? "", /app shop is not healthy: unit app-shop.service/);
    sample.publishApps([now, shop]);
    await applied(host);
  });

  it("refuses a plan that was made for another Debian release", async () => {
    sample.publishApps([blog, shop], (plan) => (plan.debian = 13));
    const { status } = await apply(host);
    assert.equal(status.state, "failed");
    assert.match(status.message, /made for Debian 13, this host runs debian 12/);
  });

  it("lets a second caller wait and then apply the newest plan", async () => {
    sample.publishApps([{ ...blog, answer: "one" }, shop]);
    const one = host.attempt(["python3", bootstrapPath]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const plan = sample.publishApps([{ ...blog, answer: "two" }, shop]);
    const [first, { status }] = await Promise.all([one, applied(host)]);
    assert.equal(first.code, 0);
    assert.equal(status.applied, plan);
    assert.equal(await answer(host, blog), "two");
  });
});
