import assert from "node:assert/strict";
import { WebProgram } from "../../../../components/app/web";
import { applicationLoadBalancerHop, cloudFrontHop, networkLoadBalancerHop } from "../../../../components/host/hop";
import { directHops } from "../../../../components/host/hops";
import { programProblems } from "../../../../components/host/program-problems";

describe("what HAProxy cannot do for hops in front of it", () => {
  const front = [
    networkLoadBalancerHop(),
    cloudFrontHop({ provesItself: true }),
    applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] }),
  ];
  const paths = (program: WebProgram): string[] =>
    programProblems({ ...directHops, front }, [], { program }).map(({ path }) => path);

  it("is to look at proofs, and to answer questions for health", () =>
    assert.deepEqual(paths(WebProgram.HAProxy), ["front[1].provesBy", "front[2].asksHealth"]));

  it("is nothing to nginx", () => assert.deepEqual(paths(WebProgram.Nginx), []));
});
