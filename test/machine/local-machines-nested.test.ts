import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheHome } from "../../components/local/machine/folders";
import type { Machine } from "../../components/local/machine/machine";
import { stackId } from "../../components/local/machine/names";
import { projectRoot } from "../../toolchain/commands/project";
import { runId, useMachine, type TestMachine } from "./machine";

/** Where an outer machine sees this checkout, this computer's cache and its disk. */
const seen = { checkout: "/srv/checkout", cache: "/srv/cache", state: "/srv/state" };
const components = `${seen.checkout}/components`;

/** Node.js with what loads the checkout's TypeScript. */
const node = ["node", "--require", `${components}/from-sources.cjs`];

/** A machine that can run machines itself: its systemd is PID 1 of the computer that they see. */
function useOuterMachine(name: string, packages: string[]): TestMachine {
  return useMachine({
    name,
    packages,
    nested: true,
    get binds() {
      // A machine's overlay cannot lie on another overlay: cache and state come from this computer's disk.
      const state = join(process.env.LANDFALL_STATE_HOME ?? "", `${name}-state`);
      mkdirSync(state, { recursive: true });
      return [
        { source: process.execPath, target: "/usr/local/bin/node" },
        { source: projectRoot, target: seen.checkout },
        { source: cacheHome(), target: seen.cache, readOnly: false },
        { source: state, target: seen.state, readOnly: false },
      ];
    },
  });
}

const innerSettings = [`LANDFALL_CACHE_HOME=${seen.cache}`, `LANDFALL_STATE_HOME=${seen.state}`];

describe("a computer with systemd as PID 1", function () {
  this.timeout(120_000);
  const outer = useOuterMachine("outer", ["mmdebstrap", "nftables", "systemd-container"]);
  const id = stackId(runId, "inner");
  const cli = (verb: string, spec: object, ...args: string[]): Promise<string> =>
    outer.exec(["env", ...innerSettings, ...node, `${components}/local/machine/cli.ts`, verb, ...args], {
      stdin: JSON.stringify(spec),
      timeoutSeconds: 100,
    });
  const generation = async (): Promise<number> =>
    (JSON.parse(await cli("machine-up", { id, name: "inner", debian: 12 })) as Machine).generation;

  it("runs a machine as a transient unit", async () => {
    const { address } = JSON.parse(await cli("machine-up", { id, name: "inner", debian: 12 })) as Machine;
    const units = await outer.exec("systemctl list-units --plain --no-legend 'landfall-*'");
    assert.match(units, /^landfall-[0-9a-f]{10}\.service loaded active running Landfall machine inner/);
    assert.deepEqual(JSON.parse(await cli("list", { id })), [{ name: "inner", address, state: "running" }]);
  });

  it("lets the machine reach the archive although the computer's firewall refuses to pass packets on", async () => {
    const chain = "add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }";
    await outer.exec(["nft", `add table ip filter; ${chain}`]);
    await cli("network-up", { id });
    await cli("network-up", { id });
    const rules = await outer.exec("nft list chain ip filter FORWARD");
    assert.equal(rules.match(/accept comment "landfall_/g)?.length, 2);
    const update = ["apt-get", "-q", "-o", "APT::Update::Error-Mode=any", "update"];
    assert.match(await cli("machine-exec", {}, id, "inner", "--", ...update), /^Get:\d+ .*InRelease/m);
  });

  it("starts the unit again when the machine reboots itself", async () => {
    await cli("machine-exec", {}, id, "inner", "--", "systemctl", "reboot");
    await sleep(1500);
    assert.equal(await generation(), 2);
  });

  it("starts the machine again after a power cut", async () => {
    await cli("machine-stop", { id, name: "inner", kill: true });
    assert.match(await cli("list", { id }), /"state":"stopped"/);
    assert.equal(await generation(), 3);
  });

  it("keeps nothing of the machine after a sweep", async () => {
    await cli("sweep", { id });
    const left = await outer.exec(
      `ip -o link | grep ${id} || true; nft list ruleset | grep landfall || true; grep ${id} /proc/self/mountinfo || true;` +
        `systemctl list-units --all --plain --no-legend 'landfall-*'; ls ${seen.state} /run/systemd/transient;` +
        "cat /proc/sys/net/ipv4/conf/host0/forwarding",
    );
    assert.equal(left.trim(), `/run/systemd/transient:\n\n${seen.state}:\n0`);
  });
});

describe("a computer where nothing is installed, used by somebody with sudo", function () {
  this.timeout(180_000);
  const outer = useOuterMachine("bare", ["sudo"]);
  const id = stackId(runId, "sudo");

  /** Runs JavaScript with this folder's modules, as a user who is not root. */
  const asUser = (script: string): Promise<string> =>
    outer.exec(["runuser", "-u", "alice", "--", "env", "HOME=/home/alice", ...innerSettings, ...node, "-e", script], {
      timeoutSeconds: 150,
    });
  const modules = `const at = (name) => require("${components}/local/machine/" + name);`;
  const call = (verb: string): string =>
    `const [file, ...args] = at("program").machineCommand("${verb}");
     const input = ${JSON.stringify(JSON.stringify({ id, name: "inner", debian: 12 }))};
     process.stdout.write(require("node:child_process").execFileSync(file, args, { input, stdio: ["pipe", "pipe", "inherit"] }));`;

  before(async () => {
    await outer.exec(
      "useradd -m alice; echo 'alice ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/alice; chown alice /srv/state",
    );
  });

  it("gets the programs that are missing, with a line that names them", async () => {
    const said = await asUser(`${modules} at("prerequisites").ensurePrerequisites(console.log)`);
    assert.match(
      said,
      /^local machines: installing debian-archive-keyring, mmdebstrap, .*systemd-container.* with apt$/m,
    );
    assert.equal(await asUser(`${modules} at("prerequisites").ensurePrerequisites(console.log)`), "");
  });

  it("runs a machine, and leaves the stack's folder to the user", async () => {
    const inner = JSON.parse(await asUser(modules + call("machine-up"))) as Machine;
    assert.equal(inner.generation, 1);
    assert.equal((await outer.exec(["stat", "-c", "%U", `${seen.state}/${id}`])).trim(), "alice");
  });

  it("removes it again", async () => {
    await asUser(modules + call("sweep"));
    assert.equal(await outer.exec(["ls", seen.state]), "");
  });
});
