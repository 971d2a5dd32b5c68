import assert from "node:assert/strict";
import { problemText } from "../../../components/app/problem";
import { CheckedServer, serverProblems } from "../../../components/aws/check-server";

const said = (server: CheckedServer): string[] =>
  serverProblems(server).map((problem) => `${problem.path}: ${problemText(problem)}`);

describe("serverProblems", () => {
  it("has none for a server that leaves all to the defaults", () => {
    assert.deepEqual(serverProblems({}), []);
  });

  it("has none for one that says everything", () => {
    const ssh = { sources: ["203.0.113.7/32", "10.0.0.0/8", "2001:db8::/32"] };
    const server = {
      instanceType: "t4g.small",
      rootGiB: 8,
      dataGiB: 1,
      ami: "ami-0123456789abcdef0",
      generation: 3,
      ssh,
    };
    assert.deepEqual(serverProblems(server), []);
  });

  it("gives all problems at once", () => {
    const server = {
      instanceType: "huge",
      rootGiB: 4,
      dataGiB: 0.5,
      ami: "debian",
      generation: 0,
      ssh: { sources: [] },
    };
    assert.deepEqual(said(server), [
      'instanceType: "huge" is not an instance type; give one like "t3.small"',
      "rootGiB: 4 is no size of a volume; give whole GiB from 8 to 65536",
      "dataGiB: 0.5 is no size of a volume; give whole GiB from 1 to 65536",
      'ami: "debian" is no id of an image; write it like "ami-0123456789abcdef0"',
      "generation: 0 is no generation; count from 1",
      'ssh.sources: names nobody; give CIDRs, e.g. "203.0.113.7/32"',
    ]);
  });

  for (const source of ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/2", "2000::/3"]) {
    it(`does not open SSH to ${source}`, () => {
      const [problem] = said({ ssh: { sources: ["10.0.0.0/8", source] } });
      assert.match(problem!, /^ssh\.sources\[1\]: .* would let a large part of the Internet try keys/);
    });
  }

  it("refuses a source that is no network", () => {
    assert.match(said({ ssh: { sources: ["office"] } })[0]!, /"office" is not an address range/);
  });
});
