import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { ApplyStatus, statusFile } from "../../../components/host/apply/status";
import { S3StoreConfig } from "../../../components/host/apply/store";
import { userData } from "../../../components/host/cloud-init/user-data";
import { SampleApp, SampleStore } from "../../components/host/apply/sample-host";
import { keptEnvironments, pythonEnvironment } from "../python-environment";
import { answer, applied, apply, blog, healthyByItself, samplePackages, secretOfShop, shop, useHost } from "./applying";

const requirements = "moto[server]==5.2.5\n";
const port = 5000;
const metadata = `http://127.0.0.1:${port + 1}`;

/** What an instance of AWS would have, but for the addresses: the test asks nobody but the machine itself. */
const store: S3StoreConfig = {
  kind: "s3",
  bucket: "landfall-test",
  region: null,
  prefix: "web/",
  parameters: "/landfall/test/web",
  endpoints: { s3: `http://127.0.0.1:${port}/landfall-test`, ssm: `http://127.0.0.1:${port}`, metadata },
};

/** The unit of the emulator. It is there, as AWS is, before the host asks at a boot. */
function emulatorUnit(python: string): string {
  return `[Unit]
After=network-online.target
Before=landfall-apply.service
[Service]
ExecStart=${python} /srv/emulated-aws.py /srv/landfall/store /srv/landfall/parameters ${port}
ExecStartPost=sh -c 'until curl -sf -o /dev/null -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" ${metadata}/latest/api/token; do sleep 0.1; done'
[Install]
WantedBy=multi-user.target
`;
}

describe("a host whose store is a bucket of S3", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  sample.setParameter("secrets/shop/token", secretOfShop);
  sample.publishApps([blog, shop]);
  const host = useHost(sample, {
    userData: userData({ store }),
    packages: samplePackages,
    layers: keptEnvironments(12, [requirements]),
  });

  /** Puts a plan of these apps into the bucket. */
  const publish = async (apps: readonly SampleApp[]): Promise<string> => {
    const plan = sample.publishApps(apps);
    await host.exec(`curl -sf -X POST ${metadata}/`);
    return plan;
  };

  it("says at its first boot that there is no metadata service to ask", async () => {
    await host.cloudInit();
    const deadline = Date.now() + 90_000;
    let status: ApplyStatus | undefined;
    while (status?.state !== "failed" && Date.now() < deadline) {
      const { stdout } = await host.attempt(["cat", statusFile]);
      status = stdout ? (JSON.parse(stdout) as ApplyStatus) : undefined;
      await pause(500);
    }
    assert.match(
      status?.message ?? "",
      /^the host plan cannot be had from the store: the instance metadata service cannot be reached: /,
    );
  });

  it("applies what the bucket has, with the credentials of its role", async () => {
    const python = `${await pythonEnvironment(host, requirements)}/bin/python`;
    await host.writeFile("/srv/emulated-aws.py", readFileSync(join(__dirname, "emulated-aws.py"), "utf8"));
    await host.writeFile("/etc/systemd/system/emulated-aws.service", emulatorUnit(python));
    await host.exec("systemctl daemon-reload && systemctl enable --quiet --now emulated-aws.service", {
      timeoutSeconds: 60,
    });
    await applied(host);
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("gives an app the secret that Systems Manager keeps", async () => {
    assert.equal(await answer(host, shop, "/secret"), createHash("sha256").update(secretOfShop).digest("hex"));
  });

  it("applies a new plan from the bucket", async () => {
    const second = { ...blog, answer: "blog, second edition" };
    await publish([second, shop]);
    await applied(host);
    assert.equal(await answer(host, second), second.answer);
  });

  it("applies at a boot by itself", async () => {
    const third = { ...blog, answer: "blog, third edition" };
    const plan = await publish([third, shop]);
    await host.reboot();
    await healthyByItself(host, plan, 90);
    assert.equal(await answer(host, third), third.answer);
  });

  it("refuses a plan that is not what its name says, and keeps what runs", async () => {
    const plan = await publish([blog, shop]);
    sample.spoil(`plans/${plan}.json`);
    await host.exec(`curl -sf -X POST ${metadata}/`);
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.match(status.message, new RegExp(`plans/${plan}\\.json in the store has digest [0-9a-f]{64}$`));
    assert.equal(await answer(host, blog), "blog, third edition");
  });

  it("shows neither the role's key nor a secret in status, log and journal", async () => {
    const credentials = `${metadata}/latest/meta-data/iam/security-credentials/web`;
    const role = JSON.parse(
      await host.exec(`curl -sf -H "X-aws-ec2-metadata-token: metadata-token" ${credentials}`),
    ) as {
      SecretAccessKey: string;
      Token: string;
    };
    const said = await host.exec(
      `cat ${statusFile} /var/log/landfall/apply.log; journalctl --no-pager --unit landfall-apply`,
    );
    for (const secret of [role.SecretAccessKey, role.Token, secretOfShop])
      assert.ok(!said.includes(secret), "a secret is shown");
  });
});
