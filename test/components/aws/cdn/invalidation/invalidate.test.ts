import assert from "node:assert/strict";
import { invalidate } from "../../../../../components/aws/cdn/invalidation/invalidate";
import { Invalidations } from "../../../../../components/aws/cdn/invalidation/invalidations";

const spec = { distribution: "E1EXAMPLE" };
const patience = { seconds: 0.2, everySeconds: 0.005 };

/** CloudFront with what it answers, look by look; the last answer is for all that follow. */
interface Edge {
  created?: (string | Error | undefined)[];
  completed?: (boolean | Error)[];
}

function invalidateAt({ created = ["I1"], completed = [true] }: Edge) {
  const asked: { paths: readonly string[]; reference: string }[] = [];
  const reported: string[] = [];
  const next = <T>(list: (T | Error)[]): Promise<T> => {
    const answer = list.length > 1 ? list.shift()! : list[0]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const looks = { created: [...created], completed: [...completed] };
  const aws: Invalidations = {
    create(distribution, paths, reference) {
      assert.equal(distribution, spec.distribution);
      asked.push({ paths, reference });
      return next(looks.created);
    },
    isCompleted(distribution, id) {
      assert.deepEqual([distribution, id], [spec.distribution, "I1"]);
      return next(looks.completed);
    },
  };
  return { done: invalidate(spec, aws, (line) => reported.push(line), patience), asked, reported };
}

describe("invalidate", () => {
  it("has everything forgotten, as one path", async () => {
    const { done, asked } = invalidateAt({});
    assert.deepEqual(await done, { invalidation: "I1" });
    assert.deepEqual(
      asked.map(({ paths }) => paths),
      [["/*"]],
    );
  });

  it("wishes anew each time, so that going back to an earlier release is heard", async () => {
    const [one, other] = [invalidateAt({}), invalidateAt({})];
    await Promise.all([one.done, other.done]);
    assert.notEqual(one.asked[0]!.reference, other.asked[0]!.reference);
  });

  it("waits until every edge has forgotten, and says so", async () => {
    const { done, reported } = invalidateAt({ completed: [false, false, true] });
    await done;
    assert.deepEqual(reported, ["distribution E1EXAMPLE: its edges forget what they keep, by invalidation I1 (0 s)"]);
  });

  it("waits its turn behind others' invalidations, with the same wish", async () => {
    const { done, asked, reported } = invalidateAt({ created: [undefined, undefined, "I1"] });
    assert.deepEqual(await done, { invalidation: "I1" });
    assert.deepEqual([asked.length, new Set(asked.map(({ reference }) => reference)).size], [3, 1]);
    assert.match(reported[0]!, /^distribution E1EXAMPLE: waiting for others' invalidations/);
  });

  it("fails with AWS's own words", async () => {
    const error = Object.assign(new Error("The specified distribution does not exist."), {
      name: "NoSuchDistribution",
    });
    await assert.rejects(invalidateAt({ created: [error] }).done, {
      message: "distribution E1EXAMPLE: NoSuchDistribution: The specified distribution does not exist.",
    });
    await assert.rejects(invalidateAt({ completed: [error] }).done, /E1EXAMPLE: NoSuchDistribution: The specified/);
  });

  it("gives up on edges that never forget, and on a turn that never comes", async () => {
    await assert.rejects(invalidateAt({ completed: [false] }).done, /invalidation I1 was not completed within 0.2 s/);
    await assert.rejects(invalidateAt({ created: [undefined] }).done, /took no invalidation within 0.2 s/);
  });
});
