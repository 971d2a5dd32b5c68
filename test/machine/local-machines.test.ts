import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findContainers } from "../../components/local/machine/container";
import { run } from "../../components/local/machine/command";
import { cacheHome, machineFolder, stackFolder } from "../../components/local/machine/folders";
import { currentForwards, forwardDown, forwardUp } from "../../components/local/machine/forwarder";
import { cachedLayer, harvestLayer } from "../../components/local/machine/layer";
import { listMachines, machineDown, machineUp } from "../../components/local/machine/machine";
import { stackId } from "../../components/local/machine/names";
import { networkUp } from "../../components/local/machine/network";
import { machineCommand } from "../../components/local/machine/program";
import { sweep } from "../../components/local/machine/sweep";
import { machine, runId, useMachine } from "./machine";

/** Everything on this computer that bears a stack's id. */
async function tracesOf(id: string): Promise<string[]> {
  const tables = await run(["nft", "list", "ruleset"]);
  const units = existsSync("/run/systemd/system")
    ? readdirSync("/run/systemd/transient").filter((unit) => unit.includes(id))
    : [];
  return [
    ...readdirSync("/sys/class/net").filter((link) => link.includes(id)),
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(`/${id}/`)),
    ...tables.split("\n").filter((line) => line.includes(id)),
    ...findContainers((tag) => tag.startsWith(id)).map(({ supervisor }) => `process ${supervisor.pid}`),
    ...readdirSync("/run/systemd/nspawn/propagate").filter((tag) => tag.startsWith(id)),
    ...units,
    ...(existsSync(stackFolder(id)) ? [stackFolder(id)] : []),
    ...currentForwards(id).map(({ port }) => `port ${port}`),
  ];
}

/** Starts the program as a user does, in a process of its own. */
function start(verb: string, spec: object): ReturnType<typeof spawn> {
  const [file, ...args] = machineCommand(verb);
  const child = spawn(file, args, {
    env: { ...process.env, LANDFALL_SPEC: JSON.stringify(spec) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return child;
}

async function ended(
  child: ReturnType<typeof spawn>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...said };
}

/** What an HTTP server answers, with the status line; fails when nobody listens. */
async function get(host: string, port: number): Promise<string> {
  return await new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect({ host, port }, () => socket.end("GET / HTTP/1.0\r\n\r\n"));
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a local machine", function () {
  this.timeout(60_000);

  for (const debian of [12, 13]) {
    describe(`with Debian ${debian}`, () => {
      const host = useMachine({ debian });

      it("boots to the end of cloud-init without an error", async () => {
        assert.deepEqual(await host.cloudInit(), []);
      });

      it("is the release that was asked for, with every unit well", async () => {
        assert.match(await host.readFile("/etc/os-release"), new RegExp(`^VERSION_ID="${debian}"$`, "m"));
        assert.equal((await host.exec("systemctl --failed --plain --no-legend")).trim(), "");
      });

      it("has the name it was given", async () => {
        assert.equal((await host.exec("hostname --fqdn")).trim(), `${host.name}.internal`);
      });

      it("reaches the Debian archive", async function () {
        this.timeout(120_000);
        const said = await host.exec("apt-get -q -o APT::Update::Error-Mode=any update", { timeoutSeconds: 100 });
        assert.match(said, /^Get:\d+ .*InRelease/m);
      });
    });
  }

  describe("in everyday use", () => {
    const host = useMachine();

    it("installs from the Python package index", async () => {
      await host.exec("apt-get -q update && apt-get -qy --no-install-recommends install python3-pip", {
        timeoutSeconds: 100,
      });
      const said = await host.exec("cd /tmp && pip download -q --no-deps six==1.17.0 && ls", { timeoutSeconds: 60 });
      assert.match(said, /^six-1\.17\.0-py2\.py3-none-any\.whl$/m);
    });

    it("takes a file with everything a file can hold", async () => {
      const content = "a 'b' \"c\" $d `e` \\ %\n\ttäglich\n";
      await host.writeFile("/srv/some folder/file", content, 0o600);
      assert.equal(await host.readFile("/srv/some folder/file"), content);
      assert.equal((await host.exec("stat -c %a '/srv/some folder/file'")).trim(), "600");
    });

    it("ends a program inside that takes too long", async () => {
      const outcome = await host.attempt(["sleep", "77"], { timeoutSeconds: 0.2 });
      assert.equal(outcome.code, 124);
      assert.equal((await host.attempt(["grep", "-lz", "^77", "-r", "/proc", "--include=cmdline"])).stdout, "");
    });

    it("gives programs inside nothing of this computer's environment", async () => {
      const names = (await host.exec("env")).split("\n").map((line) => line.split("=")[0]);
      assert.deepEqual(
        names.filter((name) => name !== undefined && /CERT|PIP|PULUMI|LANDFALL|NODE/.test(name)),
        [],
      );
    });

    it("runs on unchanged when it is asked for again", async () => {
      const before = await host.readFile("/proc/sys/kernel/random/boot_id");
      await host.start();
      assert.equal(host.generation, 1);
      assert.equal(await host.readFile("/proc/sys/kernel/random/boot_id"), before);
    });

    it("is not silently turned into another machine", async () => {
      const spec = { id: runId, name: host.name, debian: 12, userData: "#cloud-config\n{hostname: other}\n" };
      await assert.rejects(machineUp(spec), /exists with other userData; take it down first/);
    });

    it("comes back with its files and address after a power cut", async () => {
      await host.exec("echo kept > /var/lib/kept && sync");
      const { address } = host;
      await host.kill();
      assert.deepEqual(listMachines(runId).find((other) => other.name === host.name)?.state, "stopped");
      await host.start();
      assert.equal(await host.readFile("/var/lib/kept"), "kept\n");
      assert.deepEqual([host.address, host.generation], [address, 2]);
    });

    it("comes back by itself when it reboots itself", async () => {
      await host.attempt(["systemctl", "reboot"]);
      await sleep(500);
      const deadline = Date.now() + 20_000;
      while (
        (await host.attempt(["systemctl", "is-active", "--quiet", "basic.target"]).catch(() => ({ code: 1 }))).code !==
        0
      ) {
        assert.ok(Date.now() < deadline, "it did not come back within 20 s");
        await sleep(100);
      }
      await host.start();
      assert.equal(host.generation, 3);
    });

    it("runs what user data says at its first boot only", async () => {
      const userData = "#cloud-config\nruncmd: [[sh, -c, 'echo run >> /var/lib/count']]\n";
      const other = await machine({ userData });
      assert.deepEqual(await other.cloudInit(), []);
      await other.reboot();
      assert.deepEqual(await other.cloudInit(), []);
      assert.equal(await other.readFile("/var/lib/count"), "run\n");
      await other.remove();
    });
  });

  describe("beside another", () => {
    const [first, second] = [
      useMachine({ name: "first" }),
      useMachine({ name: "second", aliases: ["shop.example.com"] }),
    ];

    it("is reached by its name, its full name and its aliases, also from a machine that was there before", async () => {
      await second.exec("systemd-run -q --unit=web python3 -m http.server 80");
      await first.exec("for i in $(seq 50); do curl -so /dev/null http://second/ && exit; sleep 0.1; done; exit 1");
      for (const name of ["second", "second.internal", "shop.example.com"]) {
        assert.equal((await first.exec(`curl -so /dev/null -w '%{http_code}' http://${name}/`)).trim(), "200");
      }
    });

    it("is reached from this computer, on its ports of the loopback addresses, in both families", async () => {
      const port = await freePort();
      await forwardUp(runId, [{ port, address: second.address, targetPort: 80 }]);
      for (const host of ["127.0.0.1", "::1"]) assert.match(await get(host, port), /^HTTP\/1\.0 200 OK/);
      await forwardUp(runId, [{ port, address: second.address, targetPort: 80 }]);
      await forwardDown(runId);
      await forwardDown(runId);
      await assert.rejects(get("127.0.0.1", port), /ECONNREFUSED/);
    });

    it("passes a large answer and a half-closed connection through a forwarded port", async () => {
      await second.exec(
        "head -c 5000000 /dev/zero | tr '\\0' x > /srv/big; systemd-run -q --unit=cat sh -c 'cd /srv && exec python3 -m http.server 81'",
      );
      await first.exec(
        "for i in $(seq 50); do curl -so /dev/null http://second:81/big && exit; sleep 0.1; done; exit 1",
      );
      const port = await freePort();
      await forwardUp(runId, [{ port, address: second.address, targetPort: 81 }]);
      const size = await run([
        "curl",
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{size_download}",
        `http://127.0.0.1:${port}/big`,
      ]);
      assert.equal(size, "5000000");
      await forwardDown(runId);
    });

    it("names the port that is taken, and who has it", async () => {
      const owner = createServer();
      await new Promise<void>((resolve) => owner.listen(0, "127.0.0.1", resolve));
      const { port } = owner.address() as AddressInfo;
      await assert.rejects(
        forwardUp(runId, [{ port, address: second.address, targetPort: 80 }]),
        new RegExp(
          `port ${port} on 127\\.0\\.0\\.1 is taken by \\S+ \\(process ${process.pid}\\); stop it or choose another`,
        ),
      );
      assert.deepEqual(currentForwards(runId), []);
      await new Promise((resolve) => owner.close(resolve));
    });

    it("leaves a forwarder behind that neither ends with its caller nor keeps the caller's output open", async () => {
      const port = await freePort();
      const caller = await ended(
        start("forward-up", { id: runId, forwards: [{ port, address: second.address, targetPort: 80 }] }),
      );
      assert.deepEqual([caller.code, caller.stderr], [0, ""]);
      assert.match(await get("127.0.0.1", port), /^HTTP\/1\.0 200 OK/);
      await forwardDown(runId);
    });

    it("has folders of an earlier machine from the start, as layers", async () => {
      const key = `test-${runId}`;
      await first.exec(
        "mkdir -p /opt/kept/deep && echo cached > /opt/kept/deep/file && chown 1234 /opt/kept/deep && chmod 0750 /opt/kept",
      );
      assert.equal(cachedLayer(key), undefined);
      const layer = await harvestLayer({ id: runId, name: "first" }, "/opt/kept/deep", key);
      try {
        const third = await machine({ layers: [layer] });
        assert.equal(await third.readFile("/opt/kept/deep/file"), "cached\n");
        assert.equal(await third.exec("stat -c '%u %a' /opt/kept/deep /opt/kept"), "1234 755\n0 750\n");
        assert.equal(cachedLayer(key), layer);
        await third.remove();
      } finally {
        rmSync(join(cacheHome(), "layers", `.${key}.lock`), { force: true });
        rmSync(layer, { recursive: true, force: true });
      }
    });

    it("does not let a link inside lead a copy out of the machine", async () => {
      await first.exec("ln -s /etc /opt/link");
      await assert.rejects(
        harvestLayer({ id: runId, name: "first" }, "/opt/link/ssl", "test-link"),
        /\/opt\/link is not a folder/,
      );
    });
  });
});

describe("what a local machine leaves", function () {
  this.timeout(120_000);

  it("is nothing, once machine and network are down", async () => {
    const id = stackId(runId, "down");
    const forwarding = readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8");
    await Promise.all(["a", "b"].map((name) => machineUp({ id, name, debian: 12 })));
    assert.notDeepEqual(await tracesOf(id), []);
    await Promise.all(["a", "b"].map((name) => machineDown(id, name)));
    await Promise.all(["a", "b"].map((name) => machineDown(id, name)));
    const result = await ended(start("network-down", { id }));
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(await tracesOf(id), []);
    assert.equal(readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8"), forwarding);
  });

  it("keeps the network while a machine uses it", async () => {
    const id = stackId(runId, "used");
    await machineUp({ id, name: "a", debian: 12 });
    const result = await ended(start("network-down", { id }));
    assert.match(result.stderr, /still has a; take them down first/);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("is nothing after a sweep of what was cut off at any moment, and what was cut off can be continued", async () => {
    for (const milliseconds of [30, 80, 120, 160, 200, 260, 330, 450, 700, 1100]) {
      const id = stackId(runId, "cut", String(milliseconds));
      const spec = { id, name: "web", debian: 12 };
      const child = start("machine-up", spec);
      const gone = ended(child);
      await sleep(milliseconds);
      child.kill("SIGKILL");
      await gone;
      if (milliseconds % 20 === 0) {
        assert.equal((await machineUp(spec)).name, "web", `cut off after ${milliseconds} ms`);
        assert.deepEqual(
          listMachines(id).map(({ state }) => state),
          ["running"],
        );
      }
      const swept = await ended(start("sweep", { id }));
      assert.equal(swept.code, 0, swept.stderr);
      assert.deepEqual(await tracesOf(id), [], `cut off after ${milliseconds} ms`);
    }
  });

  it("is nothing when a machine was left half-made", async () => {
    const id = stackId(runId, "half");
    await networkUp(id);
    mkdirSync(join(machineFolder(id, "web"), "upper"), { recursive: true });
    assert.deepEqual(listMachines(id), [{ name: "web", address: "", state: "half-made" }]);
    await machineDown(id, "web");
    assert.deepEqual(listMachines(id), []);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("is nothing when the state folder lost its record of a running machine", async () => {
    const id = stackId(runId, "lost");
    await machineUp({ id, name: "web", debian: 12 });
    rmSync(join(machineFolder(id, "web"), "machine.json"));
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("does not include a machine that cannot boot: the error says why, at once, and it can be repeated", async () => {
    const id = stackId(runId, "broken");
    const source = join(stackFolder(id), "..", "a-file");
    writeFileSync(source, "");
    const broken = { id, name: "web", debian: 12, binds: [{ source, target: "/etc" }] };
    const began = Date.now();
    await assert.rejects(machineUp(broken), /machine web ended while it booted; the end of its console:\n {2}.*\/etc/s);
    assert.ok(Date.now() - began < 10_000, "it took 10 s to notice");
    assert.equal((await machineUp({ ...broken, binds: [] })).generation, 2);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });
});

describe("a computer with systemd as PID 1", function () {
  this.timeout(120_000);
  const work = "/var/lib/landfall-test";
  let state = "";
  const program = machineCommand("");
  const outer = useMachine({
    name: "outer",
    packages: ["mmdebstrap", "nftables", "systemd-container"],
    nested: true,
    get binds() {
      // A machine's overlay cannot lie on another overlay: cache and state come from this computer's disk.
      state = join(process.env.LANDFALL_STATE_HOME ?? "", "outer-state");
      mkdirSync(state, { recursive: true });
      return [
        { source: process.execPath, target: "/usr/local/bin/node" },
        { source: join(program[1] ?? "", ".."), target: "/srv/program" },
        { source: cacheHome(), target: "/srv/cache", readOnly: false },
        { source: state, target: work, readOnly: false },
      ];
    },
  });
  const id = stackId(runId, "inner");
  const cli = (verb: string, spec: object, ...args: string[]): Promise<string> =>
    outer.exec(
      [
        "env",
        "LANDFALL_CACHE_HOME=/srv/cache",
        `LANDFALL_STATE_HOME=${work}`,
        "node",
        "/srv/program/cli.js",
        verb,
        ...args,
      ],
      { stdin: JSON.stringify(spec), timeoutSeconds: 100 },
    );

  it("runs a machine as a transient unit", async () => {
    await cli("machine-up", { id, name: "inner", debian: 12 });
    const units = await outer.exec("systemctl list-units --plain --no-legend 'landfall-*'");
    assert.match(units, /^landfall-[0-9a-f]{10}\.service loaded active running Landfall machine inner/);
    assert.deepEqual(JSON.parse(await cli("list", { id })), [
      {
        name: "inner",
        address: (JSON.parse(await cli("list", { id })) as Array<{ address: string }>)[0]?.address,
        state: "running",
      },
    ]);
  });

  it("reaches the archive from the machine although a firewall of the computer refuses to pass packets on", async () => {
    await outer.exec(
      "nft 'add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'",
    );
    await cli("network-up", { id });
    await cli("network-up", { id });
    const rules = await outer.exec("nft list chain ip filter FORWARD");
    assert.equal(rules.match(/accept comment "landfall_/g)?.length, 2);
    const said = await cli(
      "machine-exec",
      {},
      id,
      "inner",
      "--",
      "apt-get",
      "-q",
      "-o",
      "APT::Update::Error-Mode=any",
      "update",
    );
    assert.match(said, /^Get:\d+ .*InRelease/m);
  });

  it("starts the unit again when the machine reboots itself", async () => {
    await cli("machine-exec", {}, id, "inner", "--", "systemctl", "reboot");
    await sleep(1500);
    assert.equal(
      (JSON.parse(await cli("machine-up", { id, name: "inner", debian: 12 })) as { generation: number }).generation,
      2,
    );
  });

  it("starts the machine again after a power cut", async () => {
    await cli("machine-stop", { id, name: "inner", kill: true });
    assert.match(await cli("list", { id }), /"state":"stopped"/);
    assert.equal(
      (JSON.parse(await cli("machine-up", { id, name: "inner", debian: 12 })) as { generation: number }).generation,
      3,
    );
  });

  it("keeps nothing of the machine after a sweep", async () => {
    await cli("sweep", { id });
    const left = await outer.exec(
      `ip -o link | grep ${id} || true; nft list ruleset | grep landfall || true; grep ${id} /proc/self/mountinfo || true;` +
        `systemctl list-units --all --plain --no-legend 'landfall-*'; ls ${work} /run/systemd/transient; cat /proc/sys/net/ipv4/conf/host0/forwarding`,
    );
    assert.equal(left.trim(), `/run/systemd/transient:\n\n${work}:\n0`);
  });
});

describe("the local machines' program", () => {
  it("lists its verbs when it does not know one", async () => {
    const result = await ended(start("machine-upp", {}));
    assert.equal(result.code, 1);
    assert.match(result.stderr, /"machine-upp" is not a verb; there are: .*machine-up,/);
  });

  it("says what is wrong with a spec, without a stack trace", async () => {
    const result = await ended(start("machine-up", { id: "x" }));
    assert.match(result.stderr, /^machine undefined: id "x" is not a stack id.*; name undefined is not a machine name/);
    assert.doesNotMatch(result.stderr, /\n\s+at /);
  });

  it("starts fast, because each deployment calls it several times", () => {
    const [file, ...args] = machineCommand("stacks");
    const began = Date.now();
    assert.equal(spawnSync(file, args, { input: "{}" }).status, 0);
    assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
  });
});
