import assert from "node:assert/strict";
import { applyPlan, Patience } from "../../../../components/aws/run-command/apply-plan";
import { Invocation, SystemsManager } from "../../../../components/aws/run-command/systems-manager";
import { ApplyState, ApplyStatus } from "../../../../components/host/apply/status";

const plan = "a".repeat(64);
const spec = { instance: "i-0123456789abcdef0", plan };
const patience: Patience = { online: 0.2, apply: 0.2, look: 0.005 };
const applied: ApplyStatus = {
  format: 1,
  plan,
  applied: plan,
  state: ApplyState.Applied,
  message: "every app answers",
  problems: [],
  apps: [],
  startedAt: "2026-11-21T12:00:00Z",
  finishedAt: "2026-11-21T12:01:00Z",
};
const success = (stdout = ""): Invocation => ({ status: "Success", stdout, stderr: "" });

/** A host behind Systems Manager: what it answers to each command, look by look. */
interface Host {
  online?: boolean[];
  apply?: (Invocation | undefined)[];
  status?: string;
}

/** Systems Manager with that host, and the lines that it was sent. */
function awsWith({ online = [true], apply = [success()], status = JSON.stringify(applied) }: Host): {
  aws: SystemsManager;
  sent: string[];
} {
  const sent: string[] = [];
  const looks = { online: [...online], apply: [...apply] };
  const next = <T>(list: T[]): T => (list.length > 1 ? list.shift()! : list[0]!);
  return {
    sent,
    aws: {
      isOnline: () => Promise.resolve(next(looks.online)),
      machinesOf: () => Promise.resolve([spec.instance]),
      send(_, lines) {
        sent.push(...lines);
        return Promise.resolve(lines[0]!);
      },
      invocation: (_, command) => Promise.resolve(command.startsWith("cat ") ? success(status) : next(looks.apply)),
    },
  };
}

function applyOn(host: Host): { done: ReturnType<typeof applyPlan>; sent: string[]; reported: string[] } {
  const { aws, sent } = awsWith(host);
  const reported: string[] = [];
  return { done: applyPlan(spec, aws, (line) => reported.push(line), patience), sent, reported };
}

describe("applyPlan by Run Command", () => {
  it("has the host apply its plan and says what the host says", async () => {
    const { done, sent } = applyOn({});
    assert.deepEqual(await done, { applied: plan, message: "every app answers" });
    assert.deepEqual(sent, ["python3 /usr/local/lib/landfall/bootstrap.py", "cat /var/lib/landfall/status.json"]);
  });

  it("waits for the machine to come online, and says so", async () => {
    const { done, reported } = applyOn({ online: [false, false, true] });
    await done;
    assert.match(reported[0]!, /waiting for its SSM agent \(0 s\)/);
  });

  it("waits for a command that SSM has not heard of, that is on its way, or under way", async () => {
    const under = (status: string): Invocation => ({ status, stdout: "", stderr: "" });
    const { done } = applyOn({
      apply: [undefined, under("Pending"), under("Delayed"), under("InProgress"), success()],
    });
    assert.equal((await done).applied, plan);
  });

  it("fails with the host's own log lines", async () => {
    const problem = { app: "journal", message: "does not answer", log: ["Traceback", "ValueError: harbour"] };
    const status = { ...applied, state: ApplyState.Reverted, message: "went back", problems: [problem] };
    const failed = { status: "Failed", stdout: "", stderr: "reverted: went back" };
    await assert.rejects(applyOn({ apply: [failed], status: JSON.stringify(status) }).done, {
      message:
        "instance i-0123456789abcdef0: went back\n" +
        "  app journal: does not answer\n" +
        "    Traceback\n" +
        "    ValueError: harbour",
    });
  });

  it("fails when the host has applied another plan", async () => {
    const status = JSON.stringify({ ...applied, applied: "b".repeat(64) });
    await assert.rejects(applyOn({ status }).done, /instance i-0123456789abcdef0: every app answers/);
  });

  it("fails with what the command printed when the host could not report", async () => {
    const failed = { status: "Failed", stdout: "step one", stderr: "No space left on device" };
    await assert.rejects(
      applyOn({ apply: [failed], status: '{"cut' }).done,
      /the plan could not be applied\n {2}step one\n {2}No space left on device\n {2}SSM: Failed/,
    );
  });

  it("gives up on a machine that never comes online, and names where to look", async () => {
    await assert.rejects(
      applyOn({ online: [false] }).done,
      /did not come online within 0.2 s.*aws ec2 get-console-output --latest --output text --instance-id i-0123456789abcdef0/,
    );
  });

  it("gives up on a command that never ends", async () => {
    const under = { status: "InProgress", stdout: "", stderr: "" };
    await assert.rejects(applyOn({ apply: [under] }).done, /bootstrap\.py did not end within 0.2 s/);
  });
});
