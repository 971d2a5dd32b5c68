import assert from "node:assert/strict";
import { architectureOf, instanceTypeFault } from "../../../components/aws/instance-type";
import { Architecture } from "../../../components/host/ssm-agent";

const intel = [
  "t3.small",
  "t3a.small",
  "m7i-flex.large",
  "g4dn.xlarge",
  "g5.xlarge",
  "gr6.4xlarge",
  "u7i-12tb.224xlarge",
];
const graviton = ["a1.medium", "t4g.small", "m8g.large", "c7gn.large", "x2gd.medium", "im4gn.large", "g5g.xlarge"];

describe("architectureOf", () => {
  for (const type of intel) {
    it(`is amd64 for ${type}`, () => assert.equal(architectureOf(type), Architecture.Amd64));
  }
  for (const type of graviton) {
    it(`is arm64 for ${type}`, () => assert.equal(architectureOf(type), Architecture.Arm64));
  }
});

describe("instanceTypeFault", () => {
  for (const type of [...intel, ...graviton, "u-6tb1.metal"]) {
    it(`has none for ${type}`, () => assert.equal(instanceTypeFault(type), undefined));
  }
  for (const type of ["", "small", "t3", "t3.", "T3.small", "t3 small", "t3.small;reboot"]) {
    it(`refuses "${type}"`, () => assert.ok(instanceTypeFault(type)));
  }
});
