import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../components/local/machine/command";
import { cacheHome } from "../../components/local/machine/folders";
import { currentForwards, forwardDown, forwardUp } from "../../components/local/machine/forwarder";
import { cachedLayer, harvestLayer } from "../../components/local/machine/layer";
import { listMachines, machineUp } from "../../components/local/machine/machine";
import { freePort } from "../loopback/ports";
import { machine, runId, useMachine } from "./machine";
import { ended, start } from "./machine-program";

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
});
