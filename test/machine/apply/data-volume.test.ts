import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { appUser, dataFolder, secretFile } from "../../../components/app/paths";
import { statusFile } from "../../../components/host/apply/status";
import { userData } from "../../../components/host/cloud-init/user-data";
import { volumeService } from "../../../components/host/cloud-init/units";
import { SampleApp, SampleStore } from "../../components/host/apply/sample-host";
import { machine, TestMachine } from "../machine";
import { answer, blog, healthyByItself, samplePackages, shop } from "./applying";

const keeper: SampleApp = {
  ...shop,
  name: "keeper",
  domain: "keeper.localhost",
  secret: { name: "token", generate: true },
};
const kept = `${dataFolder("keeper")}/kept`;

/** A disk of this computer that a machine sees: a file behind a loop device. */
class Disk {
  private readonly folder = mkdtempSync(join(tmpdir(), "landfall-disk-"));
  private readonly file = join(this.folder, "disk");
  readonly device: string;

  constructor(sizeMiB: number) {
    writeFileSync(this.file, "");
    truncateSync(this.file, sizeMiB << 20);
    this.device = execFileSync("losetup", ["--find", "--show", this.file], { encoding: "utf8" }).trim();
  }

  grow(sizeMiB: number): void {
    truncateSync(this.file, sizeMiB << 20);
    execFileSync("losetup", ["--set-capacity", this.device]);
  }

  remove(): void {
    execFileSync("losetup", ["--detach", this.device]);
    rmSync(this.folder, { recursive: true });
  }
}

describe("a host with a data volume", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  let disk: Disk;
  let host: TestMachine;

  const newHost = async (plan: string): Promise<void> => {
    host = await machine({
      packages: [...samplePackages, "e2fsprogs"],
      userData: userData({
        store: { kind: "folder", path: "/srv/landfall/store", parameters: "/srv/landfall/parameters" },
        dataVolume: { device: disk.device },
      }),
      binds: [...sample.binds, { source: disk.device, target: disk.device, readOnly: false }],
    });
    await healthyByItself(host, plan, 90);
  };
  const sizeMiB = async (): Promise<number> =>
    Number(await host.exec("df --output=size -BM /var/lib/landfall/volume | tail -n 1 | tr -dc 0-9"));
  let plan = "";

  before(async function () {
    disk = new Disk(64);
    plan = sample.publishApps([keeper]);
    await newHost(plan);
  });
  after(async () => {
    await host?.remove();
    disk?.remove();
    sample.remove();
  });

  it("makes a file system on the blank disk, and has data, secrets and certificates on it", async () => {
    assert.equal((await host.exec(`blkid -p -o value -s LABEL ${disk.device}`)).trim(), "landfall-data");
    for (const path of [dataFolder("keeper"), secretFile("keeper", "token"), "/etc/landfall/tls", "/etc/letsencrypt"])
      assert.equal(
        (await host.exec(`findmnt --noheadings --output LABEL,FSTYPE --target ${path} || true`)).includes("ext4"),
        true,
        path,
      );
    await host.exec(`ls /var/lib/landfall/volume/secrets/keeper/token`);
  });

  it("has it at the next boot before any app starts", async () => {
    await host.exec(`echo before >${kept} && chown ${appUser("keeper")}: ${kept}`);
    await host.exec(["rm", statusFile]);
    await host.reboot();
    await healthyByItself(host, plan, 60);
    assert.equal((await host.readFile(kept)).trim(), "before");
    const moment = async (unit: string, property: string): Promise<number> =>
      Number(await host.exec(["systemctl", "show", "--value", "--property", property, unit]));
    const mounted = await moment(volumeService, "ExecMainExitTimestampMonotonic");
    assert.ok(mounted > 0, "the volume's unit has not run");
    assert.ok((await moment("app-keeper.service", "ExecMainStartTimestampMonotonic")) > mounted);
  });

  it("lets the file system grow with the disk", async () => {
    const before = await sizeMiB();
    await host.exec(["rm", statusFile]);
    await host.powerOff();
    disk.grow(160);
    await host.start();
    await healthyByItself(host, plan, 60);
    assert.ok((await sizeMiB()) > before + 80, `${before} MiB became ${await sizeMiB()} MiB`);
    assert.equal((await host.readFile(kept)).trim(), "before");
  });

  it("hands everything to the machine that takes its place, whatever ids its users have there", async () => {
    const [secret, uid] = [await answer(host, keeper, "/secret"), await host.exec(`id -u ${appUser("keeper")}`)];
    await host.remove();
    // An app that is made before it, so that the id it had is taken.
    plan = sample.publishApps([blog, keeper]);
    await newHost(plan);
    assert.equal(await answer(host, keeper, "/secret"), secret);
    assert.notEqual(await host.exec(`id -u ${appUser("keeper")}`), uid);
    assert.equal((await host.exec(`stat -c %U ${kept} ${dataFolder("keeper")} | sort -u`)).trim(), appUser("keeper"));
    assert.equal((await host.exec(`setpriv --reuid ${appUser("keeper")} --clear-groups cat ${kept}`)).trim(), "before");
  });

  it("starts no app without it", async () => {
    await host.exec(`systemctl stop app-keeper.socket app-keeper.service nginx.service landfall-apply.timer
      umount --lazy /var/lib/landfall/data /etc/landfall/secrets /etc/landfall/tls /etc/letsencrypt /var/lib/landfall/volume
      systemctl stop ${volumeService}; mount --bind /dev/null ${disk.device}`);
    const { code } = await host.attempt(["timeout", "4", "systemctl", "start", "app-keeper.service"]);
    assert.notEqual(code, 0);
    assert.equal((await host.attempt("systemctl is-active app-keeper.service")).stdout.trim(), "inactive");
  });
});
