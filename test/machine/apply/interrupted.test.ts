import assert from "node:assert/strict";

import { appFolder, secretFile } from "../../../components/app/paths";
import { applyProgram } from "../../../components/host/apply/program";
import { bootstrapPath } from "../../../components/host/cloud-init/units";
import { sha256 } from "../../../components/host/digest";
import { SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, apply, blog, shop, useHostWithApps } from "./applying";

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

describe("a host on which applying is cut off", function () {
  this.timeout(300_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);

  it("goes back when the run was killed while it waited for apps that do not work", async () => {
    const broken = { ...shop, before: "import time; time.sleep(600)", startSeconds: 3 };
    const { applied: before } = (await applied(host)).status;
    sample.publishApps([blog, broken]);
    const cutOff = `python3 ${bootstrapPath} >/root/said & pid=$!
      until grep -q 'waiting for' /root/said; do sleep 0.05; done
      kill -KILL $pid`;
    await host.exec(cutOff, { timeoutSeconds: 60 });
    const { status } = await apply(host);
    assert.equal(status.state, "reverted");
    assert.equal(status.applied, before);
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
});
