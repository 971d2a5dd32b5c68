import assert from "node:assert/strict";
import { python } from "./python";

/** Waits for a worker that ends after some seconds. Returns whether it has ended by then, and whether the wait was as short as can be. */
const waited = (seconds: number, more: { listening?: boolean; most?: number } = {}): unknown =>
  python(
    `import subprocess, threading, time
from landfall_apply import webserver
worker = subprocess.Popen(["sleep", str(given["seconds"])])
threading.Thread(target=worker.wait, daemon=True).start()
webserver.web_workers = lambda unit: {worker.pid} if given["listening"] else set()
webserver.LAST_REQUESTS_SECONDS = given["most"]
webserver.wait_for_last_requests("nginx.service", {worker.pid})
result = worker.poll() is not None
worker.kill()`,
    { seconds, listening: false, most: 60, ...more },
  );

describe("workers of a web server that take no new connections", () => {
  it("are waited for, as they have requests to hand over", () => assert.equal(waited(0.5), true));

  it("are not waited for where they still take connections: nothing was reloaded", () =>
    assert.equal(waited(30, { listening: true }), false));

  it("are not waited for without end: a websocket keeps them", () => assert.equal(waited(30, { most: 0.2 }), false));
});
