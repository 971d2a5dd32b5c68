import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { withRemoteRedis } from "../../../components/app/redis";

const app: App = { name: "desk", source: { directory: "desk" }, process: { command: ["desk"] } };

describe("withRemoteRedis", () => {
  it("hands the address on as a secret, in the variable that was asked for, and opens the way", () => {
    assert.deepEqual(withRemoteRedis({ ...app, redis: { environment: "CACHE_URL" }, reach: [{ port: "ldaps" }] }), {
      ...app,
      secrets: [{ name: "redis-url", environment: "CACHE_URL" }],
      reach: [{ port: "ldaps" }, { port: "6379" }],
    });
  });

  it("leaves an app without Redis as it is", () => {
    assert.equal(withRemoteRedis(app), app);
  });
});
