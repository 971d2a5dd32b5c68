import { Item } from "../checklist/item";
import { Status } from "../finding";
import { Attestation } from "../settings";
import { JudgedFinding } from "../waivers/apply";

/** How an item of the checklist stands. */
export const ItemState = {
  Done: "done",
  NotDone: "not done",
  /** It depends on what is not known yet, or cannot be read. */
  NotKnown: "not known",
  /** What is not done is waived. */
  Waived: "waived",
  /** There is nothing that it is about. */
  NotApplicable: "not applicable",
  /** Somebody has said that it is done. */
  Attested: "attested",
  /** Only people can decide, and nobody has. */
  NotAttested: "not attested",
  /** No rule tells before the deployment. */
  NotChecked: "not checked",
} as const;
export type ItemState = (typeof ItemState)[keyof typeof ItemState];

/** An item of the checklist and what the findings say about it. */
export interface ItemResult {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly state: ItemState;
  /** How many findings have each status. */
  readonly findings: Readonly<Partial<Record<Status, number>>>;
  /** Who has said that it is done, and when; null where nobody has, or nobody is asked. */
  readonly attestation: Pick<Attestation, "by" | "on"> | null;
}

/** What is to be known of an item. */
export type ReportedItem = Pick<Item, "id" | "section" | "title" | "attested">;

/** The states by what decides: one failure makes an item undone, whatever else passes. */
const decisive: readonly (readonly [Status, ItemState])[] = [
  [Status.Fail, ItemState.NotDone],
  [Status.Unknown, ItemState.NotKnown],
  [Status.Waived, ItemState.Waived],
  [Status.Pass, ItemState.Done],
  [Status.NotApplicable, ItemState.NotApplicable],
];

/** How the items of the checklist stand, in its order. */
export function itemResults(
  items: readonly ReportedItem[],
  findings: readonly JudgedFinding[],
  attestations: readonly Attestation[],
): ItemResult[] {
  return items.map(({ id, section, title, attested }) => {
    const counts: Partial<Record<Status, number>> = {};
    for (const { item, status } of findings) if (item === id) counts[status] = (counts[status] ?? 0) + 1;
    const given = attested ? attestations.find(({ item }) => item === id) : undefined;
    const attestation = given ? { by: given.by, on: given.on } : null;
    const decided = decisive.find(([status]) => counts[status] !== undefined)?.[1];
    const undecided = attestation ? ItemState.Attested : attested ? ItemState.NotAttested : ItemState.NotChecked;
    return { id, section, title, state: decided ?? undecided, findings: counts, attestation };
  });
}
