import assert from "node:assert/strict";
import { FleetArgs } from "../../../../components/aws/fleet/fleet-args";
import { planFleet } from "../../../../components/aws/fleet/plan-fleet";
import { StoreKind } from "../../../../components/host/apply/store";
import { userData } from "../../../../components/host/cloud-init/user-data";
import { sampleFleet, store } from "./sample-fleet";

const place = { organization: "acme", project: "demo", stack: "dev" };
const plan = (more: Partial<FleetArgs> = {}): ReturnType<typeof planFleet> =>
  planFleet("web", sampleFleet(more), place);
const text = (base64: string): string => Buffer.from(base64, "base64").toString();

describe("planFleet", () => {
  it("starts machines with what reads the store and tells the group", () => {
    const { hook, userData: started } = plan();
    assert.equal(hook, "landfall-healthy");
    assert.equal(
      text(started),
      userData({
        store: {
          kind: StoreKind.S3,
          bucket: store.bucketName,
          region: null,
          prefix: "",
          parameters: store.parameters,
          lifecycleHook: "landfall-healthy",
        },
      }),
    );
  });

  it("waits for no word of machines that have user data of their own", () => {
    const own = plan({ userData: "#cloud-config\n" });
    assert.deepEqual([own.hook, text(own.userData)], [null, "#cloud-config\n"]);
  });

  it("needs a store or user data", () =>
    assert.deepEqual(
      plan({ store: undefined }).problems.map(({ path, reason }) => `${path} ${reason}`),
      ["userData is missing"],
    ));

  it("says what is wrong with the store by the names that it was given", () => {
    const wrong = { bucketName: "A", prefix: "/", parameters: "p" };
    assert.deepEqual(
      plan({ store: wrong }).problems.map(({ path }) => path),
      ["store.bucketName", "store.prefix", "store.parameters"],
    );
  });

  it("takes another image for another release, architecture or generation, not for another type", () => {
    const keys = [{}, { debian: 12 }, { instanceType: "t4g.small" }, { generation: 2 }].map(
      (more) => plan(more).imageKey,
    );
    assert.equal(new Set(keys).size, 4);
    assert.equal(plan({ instanceType: "m5.large", minimum: 1 }).imageKey, keys[0]);
  });

  it("begins with as many machines as are desired, else the least, and leaves the number to scaling where there is any", () => {
    assert.equal(plan().desired, 2);
    assert.equal(plan({ desired: 3 }).desired, 3);
    assert.equal(plan({ scaling: { cpuPercent: 50 } }).desired, null);
  });

  it("is patient for as long as a machine may take", () => assert.ok(plan({ startSeconds: 3600 }).waitSeconds > 3600));

  it("has no choice of types without spare capacity", () => {
    assert.deepEqual(plan().instanceTypes, []);
    assert.deepEqual(plan({ spot: { instanceTypes: ["t3a.small"] } }).instanceTypes, ["t3.small", "t3a.small"]);
  });
});
