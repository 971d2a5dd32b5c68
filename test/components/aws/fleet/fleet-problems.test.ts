import assert from "node:assert/strict";
import { sharedStateProblems } from "../../../../components/aws/fleet/fleet-problems";
import { gitApp } from "../sample-place";

const said = (...apps: Parameters<typeof sharedStateProblems>[0]): string[] =>
  sharedStateProblems(apps).map(({ path, reason, fix }) => `${path} ${reason}; ${fix}`);

describe("what many machines cannot share", () => {
  it("is nothing where an app keeps nothing", () => assert.deepEqual(said(gitApp({ data: [] })), []));

  it("is a data folder", () =>
    assert.deepEqual(said(gitApp(), gitApp({ data: ["uploads"] })), [
      "apps[1].data is on the disk of one machine, which the others do not see and which goes with it; name it " +
        "in sharedData if many machines may write there at once, keep it in a Redis, a database or a bucket, or run the " +
        "app on one machine, by Site",
    ]));

  it("is a folder to be shared, where nobody has made a file system for it", () =>
    assert.deepEqual(said(gitApp({ sharedData: ["uploads"] })), [
      "apps[0].sharedData would be another one on each machine; run the app by Site, whose fleets have a file system for it",
    ]));

  it("is a Redis on each of them", () =>
    assert.deepEqual(said(gitApp({ redis: {} })), [
      "apps[0].redis would be another one on each machine; run the app by Site, whose fleets share one, or hand the " +
        "address of a SharedRedis on as a secret",
    ]));

  it("is a secret that each of them would make up, not one that is given", () => {
    const secrets = [{ name: "password" }, { name: "cookie", generate: true }];
    assert.deepEqual(said(gitApp({ secrets })), [
      "apps[0].secrets[1].generate would have each machine make up a 'cookie' of its own; leave it out, and put the " +
        "value into the store's parameters",
    ]);
  });
});
