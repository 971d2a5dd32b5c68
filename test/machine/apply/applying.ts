import assert from "node:assert/strict";

import { ApplyStatus, statusFile } from "../../../components/host/apply/status";
import { userData } from "../../../components/host/cloud-init/user-data";
import { bootstrapPath } from "../../../components/host/cloud-init/units";
import { SampleApp, SampleStore } from "../../components/host/apply/sample-host";
import { TestMachineArgs, TestMachine, useMachine } from "../machine";

const store = { kind: "folder", path: "/srv/landfall/store", parameters: "/srv/landfall/parameters" } as const;

/** The user data of all hosts of these tests. */
export const sampleUserData = userData({ store });

/** What the sample plans need, as an image layer, where the installation is not the matter of the test. */
export const samplePackages = ["git", "nginx-light", "openssl", "python3-venv"];

export const blog: SampleApp = { name: "blog", domain: "blog.localhost", answer: "blog, first edition" };
export const shop: SampleApp = {
  name: "shop",
  domain: "shop.localhost",
  answer: "shop is open",
  secret: { name: "token", generate: false },
};
export const secretOfShop = "correct horse battery staple";

/** A machine that boots with what the store has when the first test of the suite begins. */
export function useHost(sample: SampleStore, args: TestMachineArgs = {}): TestMachine {
  after(() => sample.remove());
  return useMachine({ packages: samplePackages, userData: sampleUserData, binds: sample.binds, ...args });
}

/** The same, with blog and shop applied. */
export function useHostWithApps(sample: SampleStore): TestMachine {
  sample.setParameter("secrets/shop/token", secretOfShop);
  sample.publishApps([blog, shop]);
  const host = useHost(sample);
  before(async function () {
    this.timeout(120_000);
    await host.cloudInit();
    await applied(host);
  });
  return host;
}

/** One call of the apply program, as `up` makes it. */
export async function apply(host: TestMachine, ...words: string[]) {
  const began = performance.now();
  const outcome = await host.attempt(["python3", bootstrapPath, ...words], { timeoutSeconds: 170 });
  const status = JSON.parse(await host.readFile(statusFile)) as ApplyStatus;
  return { ...outcome, status, seconds: (performance.now() - began) / 1000 };
}

export async function applied(host: TestMachine, ...words: string[]) {
  const run = await apply(host, ...words);
  assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
  assert.equal(run.status.state, "applied");
  return run;
}

/** What the site answers through the machine's own web server. */
export async function answer(host: TestMachine, app: SampleApp, path = "/"): Promise<string> {
  const resolve = `${app.domain}:443:127.0.0.1`;
  return await host.exec(["curl", "-sk", "--max-time", "10", "--resolve", resolve, `https://${app.domain}${path}`]);
}

/** Waits until the host has applied the plan without being told. */
export async function healthyByItself(host: TestMachine, plan: string, seconds: number): Promise<ApplyStatus> {
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
