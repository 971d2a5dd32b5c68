import assert from "node:assert/strict";
import { retentionFault } from "../../../components/aws/log-retention";

describe("retentionFault", () => {
  it("lets the periods of CloudWatch through", () => {
    for (const days of [1, 30, 365, 3653]) assert.equal(retentionFault(days), undefined);
  });

  it("says the next one", () => {
    assert.equal(retentionFault(31)?.fix, "the next one is 60 days");
    assert.equal(retentionFault(10_000)?.fix, "the next one is 3653 days");
  });
});
