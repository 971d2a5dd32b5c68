import assert from "node:assert/strict";
import { NameEvent, secondsToWait } from "../../../../components/aws/name-change/wait";

describe("secondsToWait", () => {
  it("waits for nothing where names are new", () => assert.equal(secondsToWait(NameEvent.New, ""), 0));

  it("waits for as long as the last change said", () =>
    assert.equal(secondsToWait(NameEvent.Changed, '{"keptSeconds":60}\n'), 60));

  for (const said of ["", "null", '{"keptSeconds":"60"}', '{"keptSeconds":-1}', "{}", "[", "7"])
    it(`waits for as long as records of ours are kept where it said ${JSON.stringify(said)}`, () =>
      assert.equal(secondsToWait(NameEvent.Changed, said), 300));
});
