import assert from "node:assert/strict";
import { Status } from "../../../policies/finding";
import { itemResults, ItemState } from "../../../policies/report/items";
import { finding } from "../waivers/sample";

const items = [{ id: "ports", section: "Ports", title: "Open required ports", attested: false }];

const stateOf = (...statuses: Status[]): string =>
  itemResults(
    items,
    statuses.map((status) => ({ ...finding({ status }), waiver: null })),
    [],
  )[0]!.state;

describe("itemResults", () => {
  it("calls an item undone when anything of it fails", () => {
    assert.equal(stateOf(Status.Pass, Status.Unknown, Status.Waived, Status.Fail), ItemState.NotDone);
  });

  it("calls it not known when nothing fails but something is not known", () => {
    assert.equal(stateOf(Status.Pass, Status.Unknown, Status.Waived), ItemState.NotKnown);
  });

  it("calls it waived, done, not applicable or not checked in that order", () => {
    assert.equal(stateOf(Status.Pass, Status.Waived), ItemState.Waived);
    assert.equal(stateOf(Status.NotApplicable, Status.Pass), ItemState.Done);
    assert.equal(stateOf(Status.NotApplicable), ItemState.NotApplicable);
    assert.equal(stateOf(), ItemState.NotChecked);
  });

  it("tells who has decided what only people can decide, and when", () => {
    const decided = [{ id: "domain", section: "Domain", title: "Decide on the domain", attested: true }];
    const states = (attestations: Parameters<typeof itemResults>[2]) =>
      itemResults(decided, [], attestations).map(({ state, attestation }) => ({ state, attestation }));
    assert.deepEqual(states([{ item: "domain", by: "Anna", on: "2026-11-02" }]), [
      { state: "attested", attestation: { by: "Anna", on: "2026-11-02" } },
    ]);
    assert.deepEqual(states([]), [{ state: "not attested", attestation: null }]);
  });

  it("takes nobody's word for what rules decide", () => {
    const [item] = itemResults(items, [], [{ item: "ports", by: "Anna", on: "2026-11-02" }]);
    assert.deepEqual([item!.state, item!.attestation], ["not checked", null]);
  });

  it("counts its own findings only", () => {
    const others = [{ ...finding({ item: "headers" }), waiver: null }];
    assert.deepEqual(itemResults(items, others, []), [
      {
        id: "ports",
        section: "Ports",
        title: "Open required ports",
        state: "not checked",
        findings: {},
        attestation: null,
      },
    ]);
  });
});
