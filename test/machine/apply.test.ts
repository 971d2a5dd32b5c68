import assert from "node:assert/strict";

import { ApplyStatus, statusFile } from "../../components/host/apply/status";
import { userData } from "../../components/host/cloud-init/user-data";
import { bootstrapPath } from "../../components/host/cloud-init/units";
import { SampleApp, SampleStore } from "../components/host/apply/sample-host";
import { TestMachine, useMachine } from "./machine";

const store = { kind: "folder", path: "/srv/landfall/store", parameters: "/srv/landfall/parameters" } as const;

const blog: SampleApp = { name: "blog", domain: "blog.localhost", answer: "blog, first edition" };

describe("a host that applies its plan", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const first = sample.publishApps([blog]);
  const host = useMachine({ userData: userData({ store }), binds: sample.binds });
  after(() => sample.remove());

  it("is healthy after its first boot, from a bare image", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    const began = Date.now();
    const outcome = await host.attempt(["python3", bootstrapPath], {timeoutSeconds: 170});
    console.log(outcome.stdout, outcome.stderr, Date.now() - began);
    console.log(await host.exec("cat /var/lib/landfall/status.json /var/log/landfall/apply.log; journalctl -u landfall-apply --no-pager"));
    assert.equal(outcome.code, 0);
  });

  it("changes nothing when nothing changed", async () => {
    const began = Date.now();
    const outcome = await host.attempt(["python3", bootstrapPath], {timeoutSeconds: 170});
    console.log(outcome.stdout, outcome.stderr, Date.now() - began);
    console.log(await host.exec("systemctl list-units --failed --no-legend; python3 - <<'P'\nprint(1)\nP"));
  });
});
