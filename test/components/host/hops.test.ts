import assert from "node:assert/strict";
import {
  authority,
  directHops,
  drainSeconds,
  idleSeconds,
  readTimeoutSeconds,
  strictTransport,
} from "../../../components/host/hops";

const domain = "www.example.com";

describe("authority", () => {
  it("leaves the usual port out", () => assert.equal(authority(directHops, domain), domain));

  it("names any other port", () =>
    assert.equal(authority({ ...directHops, publicHttpsPort: 8443 }, domain), `${domain}:8443`));
});

describe("timeouts", () => {
  it("let who receives requests wait longer than who sends them", () => {
    const balancer = 60;
    assert.ok(idleSeconds.client > balancer);
    assert.ok(idleSeconds.app > idleSeconds.upstream);
  });

  it("end before an AWS balancer gives up", () => assert.equal(readTimeoutSeconds({ domain }), 55));

  it("give websockets an hour", () => assert.equal(readTimeoutSeconds({ domain, websocket: true }), 3600));

  it("are the route's own where it says so", () =>
    assert.equal(readTimeoutSeconds({ domain, websocket: true, readTimeoutSeconds: 5 }), 5));

  it("let old workers finish any answer", () =>
    assert.equal(drainSeconds([{ domain, readTimeoutSeconds: 400 }, { domain }]), 405));

  it("let websockets end by themselves for five minutes", () =>
    assert.equal(drainSeconds([{ domain, websocket: true }, { domain }]), 300));
});

describe("strictTransport", () => {
  it("holds for two years", () => assert.equal(strictTransport(domain), "max-age=63072000"));

  for (const local of ["localhost", "demo.localhost"]) {
    it(`leaves ${local} alone, where it would force TLS on every port`, () =>
      assert.equal(strictTransport(local), null));
  }

  it("holds for a name that only ends like it", () => assert.notEqual(strictTransport("notlocalhost"), null));
});
