import assert from "node:assert/strict";
import { fleetProblems } from "../../../../components/aws/fleet/check-fleet";
import { FleetArgs } from "../../../../components/aws/fleet/fleet-args";
import { gitApp } from "../sample-place";
import { sampleFleet } from "./sample-fleet";

const said = (more: Partial<FleetArgs>, name = "web"): string[] =>
  fleetProblems(name, sampleFleet(more)).map(({ path, reason, fix }) => `${path} ${reason}; ${fix}`);

describe("what is wrong with a fleet", () => {
  it("is nothing where all is as it should be", () => assert.deepEqual(said({}), []));

  it("is said all at once", () => {
    const all = {
      apps: [gitApp({ data: ["uploads"] })],
      subnetIds: ["subnet-1", "subnet-1"],
      targetGroupArns: [],
      minimum: 0,
      maximum: 1.5,
      startSeconds: 29,
      graceSeconds: -1,
      maximumAgeDays: 366,
      rootGiB: 4,
      tags: { "cost centre": "1" },
    };
    assert.deepEqual(said(all, "Web"), [
      "apps[0].data is on the disk of one machine, which the others do not see and which goes with it; name it in " +
        "sharedData if many machines may write there at once, keep it in a Redis, a database or a bucket, or run the app " +
        "on one machine, by Site",
      "name cannot name a fleet; use small letters, digits and inner hyphens, a letter first",
      "subnetIds has a subnet twice; name each of them once",
      "targetGroupArns is empty; name those of a load balancer, or nothing reaches the fleet",
      "minimum is out of range; use whole numbers from 1",
      "maximum is out of range; use whole numbers from 1",
      "startSeconds is out of range; use whole numbers from 30 to 7200",
      "graceSeconds is out of range; use whole numbers from 0",
      "maximumAgeDays is out of range; use whole numbers from 1 to 365",
      'tags["cost centre"] cannot be a tag of machines that read their tags; use letters, digits and "+-=.,_:@"',
      "rootGiB is no size of a volume; give whole GiB from 8 to 65536",
    ]);
  });

  it("is a plan that is no digest, or that the machines cannot find", () => {
    assert.deepEqual(said({ plan: "a".repeat(64) }), []);
    assert.deepEqual(said({ plan: "newest" }), ["plan is no digest; give the plan's SHA-256, 64 hexadecimal digits"]);
    assert.deepEqual(said({ plan: "a".repeat(64), store: undefined, userData: "#cloud-config\n" }), [
      "plan is in no store; give the store, or leave it out",
    ]);
  });

  it("is a number of machines out of its bounds", () => {
    assert.deepEqual(said({ maximum: 1 }), ["maximum is out of range; use whole numbers from 2"]);
    assert.deepEqual(said({ desired: 7 }), ["desired is out of range; use whole numbers from 2 to 6"]);
  });

  it("is a number that scaling would be set back to by each `up`", () =>
    assert.deepEqual(said({ desired: 3, scaling: { cpuPercent: 50 } }), [
      "desired would undo what scaling has done; leave one of the two out",
    ]));

  it("is scaling that aims for nothing, or for more than there is", () => {
    assert.deepEqual(said({ scaling: {} }), [
      "scaling says nothing to aim for; give cpuPercent, requests or both, or leave it out",
    ]);
    const requests = { perTarget: 0, balancerArn: "arn:1", targetGroupArn: "arn:2" };
    assert.deepEqual(said({ scaling: { cpuPercent: 101, requests } }), [
      "scaling.cpuPercent is out of range; use whole numbers from 1 to 100",
      "scaling.requests.perTarget is out of range; use whole numbers from 1",
    ]);
  });

  it("is more machines at once than AWS lets be", () => {
    assert.deepEqual(said({ minimumHealthyPercent: 50 }), [
      "maximumHealthyPercent is more than 100 above the least, 50; use at most 150",
    ]);
    assert.deepEqual(said({ minimumHealthyPercent: 50, maximumHealthyPercent: 150 }), []);
    assert.deepEqual(said({ maximumHealthyPercent: 201 }), [
      "maximumHealthyPercent is out of range; use whole numbers from 100 to 200",
      "maximumHealthyPercent is more than 100 above the least, 100; use at most 200",
    ]);
  });

  it("is more alarms than AWS looks at", () => {
    const alarmNames = Array.from({ length: 11 }, (_, index) => `alarm-${index}`);
    assert.deepEqual(said({ alarmNames: alarmNames.slice(1) }), []);
    assert.deepEqual(said({ alarmNames }), [
      "alarmNames has 11 alarms, and AWS looks at 10 at most; make one of several",
    ]);
  });

  it("is spare capacity that cannot run the image", () =>
    assert.deepEqual(said({ spot: { onDemandPercent: 101, instanceTypes: ["t3a.small", "t4g.small", "small"] } }), [
      "spot.onDemandPercent is out of range; use whole numbers from 0 to 100",
      "spot.instanceTypes[1] cannot run the image of t3.small; give types of amd64",
      'spot.instanceTypes[2] is not an instance type; give one like "t3.small"',
    ]));

  it("is a tag that AWS keeps, or that machines cannot read", () => {
    for (const key of ["aws:team", "team/web", "..", "_index"])
      assert.equal(said({ tags: { [key]: "1" } }).length, 1, key);
    assert.deepEqual(said({ tags: { "landfall:site": "web", "team@web+1=.,_-": "1" } }), []);
  });
});
