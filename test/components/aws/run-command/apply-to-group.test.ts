import assert from "node:assert/strict";
import { Patience } from "../../../../components/aws/run-command/apply-plan";
import { applyToGroup } from "../../../../components/aws/run-command/apply-to-group";
import { Invocation, SystemsManager } from "../../../../components/aws/run-command/systems-manager";
import { ApplyState } from "../../../../components/host/apply/status";

const plan = "a".repeat(64);
const patience: Patience = { online: 0.2, apply: 0.2, look: 0.005 };
const status = { state: ApplyState.Applied, applied: plan, message: "every app answers", problems: [] };

/** A group: who is in it at each look, and who cannot apply the plan. */
interface Group {
  members: string[][];
  ill?: string[];
}

/** Applies the plan on such a group; says who was asked, and how many were at once. */
function rollOut({ members, ill = [] }: Group) {
  const asked: string[] = [];
  const reported: string[] = [];
  const underWay = new Set<string>();
  let atOnce = 0;
  const looks = [...members];
  const aws: SystemsManager = {
    isOnline: () => Promise.resolve(true),
    machinesOf: () => Promise.resolve(looks.length > 1 ? looks.shift()! : looks[0]!),
    send(instance, [line]) {
      if (!line!.startsWith("cat ")) asked.push(instance);
      underWay.add(instance);
      atOnce = Math.max(atOnce, underWay.size);
      return Promise.resolve(line!);
    },
    invocation(instance, command) {
      const shows = command.startsWith("cat ");
      if (shows) underWay.delete(instance);
      const well: Invocation = { status: "Success", stdout: shows ? JSON.stringify(status) : "", stderr: "" };
      const failed: Invocation = { status: "Failed", stdout: "", stderr: "No space left on device" };
      return Promise.resolve(ill.includes(instance) ? failed : well);
    },
  };
  const done = applyToGroup({ group: "web-1", plan }, aws, (line) => reported.push(line), patience);
  return { done, asked, reported, atOnce: () => atOnce };
}

describe("applyToGroup", () => {
  it("asks one machine after the other", async () => {
    const { done, asked, atOnce } = rollOut({ members: [["i-3", "i-1", "i-2"]] });
    assert.deepEqual(await done, { applied: plan, message: "3 machines of group web-1 healthy" });
    assert.deepEqual(asked, ["i-1", "i-2", "i-3"]);
    assert.equal(atOnce(), 1);
  });

  it("asks machines that come meanwhile, and not those that have gone", async () => {
    const { done, asked } = rollOut({
      members: [
        ["i-1", "i-2"],
        ["i-1", "i-3"],
        ["i-1", "i-3"],
      ],
    });
    await done;
    assert.deepEqual(asked, ["i-1", "i-3"]);
  });

  it("stops at the first that cannot, and says why and how far it came", async () => {
    const { done, asked } = rollOut({ members: [["i-1", "i-2", "i-3"]], ill: ["i-2"] });
    await assert.rejects(
      done,
      /^Error: instance i-2: the plan could not be applied\n[^]*No space left on device[^]*\ngroup web-1: 1 machine of 3 had applied the plan; the others were not asked$/,
    );
    assert.deepEqual(asked, ["i-1", "i-2"]);
  });

  it("goes on when a machine was taken away in the middle of it", async () => {
    const members = [["i-1", "i-2"], ["i-2"]];
    const { done, asked, reported } = rollOut({ members, ill: ["i-1"] });
    assert.equal((await done).message, "1 machine of group web-1 healthy");
    assert.deepEqual(asked, ["i-1", "i-2"]);
    assert.ok(reported.includes("instance i-1: has left group web-1 meanwhile"));
  });

  it("fails where there is nobody to ask", async () =>
    assert.rejects(
      rollOut({ members: [[]] }).done,
      /group web-1: Systems Manager knows no machine of it that takes commands/,
    ));
});
