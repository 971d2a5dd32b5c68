import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { speak } from "./client";
import { nginxProgram } from "./nginx-program";
import { servingBehaviour } from "../serving-behaviour";
import { domain, useTraffic } from "./traffic";

describe("serving by a real nginx", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  servingBehaviour(traffic, 504);

  describe("plain HTTP", () => {
    it("on the port for TLS is redirected as well", async () => {
      const { stdout } = await promisify(execFile)("curl", [
        ...["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", `Host: ${domain}`],
        `http://127.0.0.1:${traffic.server.httpsPort}/x?y`,
      ]);
      assert.equal(stdout, `308 https://${domain}:${traffic.server.httpsPort}/x?y`);
    });
  });

  describe("strangers", () => {
    it("get no answer on plain HTTP", async () => {
      await assert.rejects(
        get("/", { plain: true, headers: { Host: "stranger.example" } }),
        /socket hang up|ECONNRESET/,
      );
    });

    it("get no certificate", async () => {
      const refused = new Promise((resolve, reject) => {
        const socket = connectTls(
          { host: "127.0.0.1", port: traffic.server.httpsPort, servername: "stranger.example" },
          () => resolve("let in"),
        );
        socket.once("error", reject);
      });
      await assert.rejects(refused, /unrecognized name|alert/);
    });

    it("that name us in TLS and another in HTTP are sent away", async () => {
      const said = await speak(
        traffic.server,
        domain,
        "GET / HTTP/1.1\r\nHost: stranger.example\r\nConnection: close\r\n\r\n",
      );
      assert.match(said, /^HTTP\/1.1 421 /);
    });
  });

  describe("connections to an app", () => {
    it("are kept for GET, HEAD and OPTIONS, and never for what must not be repeated", async () => {
      const connections: Record<string, number[]> = {};
      for (const method of ["GET", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "GET", "POST"]) {
        (connections[method] ??= []).push((await seen("/kept/", { method })).connection);
      }
      const { GET, OPTIONS, ...others } = connections;
      assert.equal(new Set([...GET!, ...OPTIONS!]).size, 1, `${String(GET)} and ${String(OPTIONS)}`);
      const fresh = Object.values(others).flat();
      assert.equal(new Set([...fresh, ...GET!]).size, fresh.length + 1);
    });
  });

  it("nginx says nothing about the files but that they are fine", async () => {
    const { program } = nginxProgram();
    const configuration = `${traffic.server.configuration}/nginx.conf`;
    const { stderr } = await promisify(execFile)(program, ["-t", "-e", "stderr", "-c", configuration]);
    assert.doesNotMatch(stderr, /warn|emerg|alert/);
  });
});
