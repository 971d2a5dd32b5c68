import assert from "node:assert/strict";
import fc from "fast-check";
import { Hop, applicationLoadBalancerHop, NamesClient } from "../../../components/host/hop";
import { hopProblems } from "../../../components/host/hop-problems";
import {
  authority,
  clientIdleSeconds,
  directHops,
  drainSeconds,
  HopChain,
  idleSeconds,
  maxBodyMiB,
  readers,
  readTimeoutSeconds,
  strictTransport,
} from "../../../components/host/hops";

const domain = "www.example.com";

describe("authority", () => {
  it("leaves the usual port out", () => assert.equal(authority(directHops, domain), domain));

  it("names any other port", () =>
    assert.equal(authority({ ...directHops, publicHttpsPort: 8443 }, domain), `${domain}:8443`));
});

const balancer = applicationLoadBalancerHop({ addresses: ["10.0.0.0/8"] });
const behind = (...front: Hop[]): HopChain => ({ ...directHops, front });

describe("timeouts", () => {
  it("let who receives requests wait longer than who sends them", () => {
    assert.ok(clientIdleSeconds(behind(balancer)) > balancer.keepSeconds);
    assert.ok(idleSeconds.app > idleSeconds.upstream);
  });

  it("end before an AWS balancer gives up, balancer or not", () => {
    assert.equal(readTimeoutSeconds({ domain }, directHops), 55);
    assert.equal(readTimeoutSeconds({ domain }, behind(balancer)), 55);
  });

  it("give websockets an hour", () =>
    assert.equal(readTimeoutSeconds({ domain, websocket: true }, behind(balancer)), 3600));

  it("give streams as much", () => assert.equal(readTimeoutSeconds({ domain, stream: true }, behind(balancer)), 3600));

  it("are the route's own where it says so", () =>
    assert.equal(readTimeoutSeconds({ domain, websocket: true, readTimeoutSeconds: 5 }, directHops), 5));

  it("let old workers finish any answer", () =>
    assert.equal(drainSeconds([{ domain, readTimeoutSeconds: 400 }, { domain }], directHops), 405));

  it("let websockets end by themselves for five minutes", () =>
    assert.equal(drainSeconds([{ domain, websocket: true }, { domain }], directHops), 300));

  it("let streams end by themselves for as long", () =>
    assert.equal(drainSeconds([{ domain, stream: true }], directHops), 300));

  it("fit any hops in front, and nothing is found wrong with what is derived", () =>
    fc.assert(
      fc.property(fc.array(hops, { maxLength: 3 }), (front) => {
        const chain = behind(...front);
        const read = readTimeoutSeconds({ domain }, chain);
        assert.ok(read >= 1 && front.every((hop) => read < hop.answerSeconds), "nginx answers first");
        const last = readers(front).at(-1);
        assert.ok(clientIdleSeconds(chain) > (last?.keepSeconds ?? 0), "nginx keeps connections longer");
        const body = maxBodyMiB({ domain }, chain);
        assert.ok(
          front.every((hop) => body <= (hop.maxBodyMiB ?? Infinity)),
          "nginx takes no more",
        );
        const route = { domain, readTimeoutSeconds: read, maxBodyMiB: body };
        const app = { name: "api", source: {}, process: { command: ["api"] }, routes: [route] };
        assert.deepEqual(
          hopProblems(chain, [app]).filter(({ path }) => path.startsWith("apps")),
          [],
        );
      }),
    ));
});

const hops: fc.Arbitrary<Hop> = fc.record({
  name: fc.constant("the hop"),
  namesClient: fc.constantFrom(...Object.values(NamesClient)),
  addresses: fc.constant([]),
  idleSeconds: fc.integer({ min: 1, max: 4000 }),
  keepSeconds: fc.integer({ min: 1, max: 4000 }),
  answerSeconds: fc.integer({ min: 2, max: 4000 }),
  maxBodyMiB: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
});

describe("strictTransport", () => {
  it("holds for two years", () => assert.equal(strictTransport(domain, directHops), "max-age=63072000"));

  for (const local of ["localhost", "demo.localhost"]) {
    it(`leaves ${local} alone, where it would force TLS on every port`, () =>
      assert.equal(strictTransport(local, directHops), null));
  }

  it("holds for a name that only ends like it", () =>
    assert.notEqual(strictTransport("notlocalhost", directHops), null));

  it("is what the domain's routes say", () => {
    assert.equal(
      strictTransport(domain, directHops, { includeSubDomains: true }),
      "max-age=63072000; includeSubDomains",
    );
    assert.equal(
      strictTransport(domain, directHops, { seconds: 31_536_000, includeSubDomains: true, preload: true }),
      "max-age=31536000; includeSubDomains; preload",
    );
    assert.equal(strictTransport("demo.localhost", directHops, { seconds: 600 }), null);
  });

  it("is left to the hop in front that says it, whichever that is", () => {
    assert.equal(strictTransport(domain, behind({ ...balancer, saysStrictTransport: true }, balancer)), null);
    assert.equal(strictTransport(domain, behind(balancer, balancer)), "max-age=63072000");
  });
});
