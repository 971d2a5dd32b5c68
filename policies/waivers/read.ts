import { suggestion } from "../../components/app/nearest";
import { at, Problem } from "../../components/app/problem";
import { list, object, read, Shape, text } from "../../components/app/validation/shape";
import { isDay } from "../input/day";
import { PlacedWaiver, shortestReason, Waiver, wholeDeployment } from "./waiver";

/** Waivers, and what is wrong with those that are left out. */
export interface ReadWaivers {
  readonly waivers: readonly PlacedWaiver[];
  readonly problems: readonly Problem[];
}

const required = ["finding", "resource", "reason", "owner", "expires"] as const;

/** A list of waivers as it is written. */
export const waiversShape: Shape = list(
  object<Waiver>({ finding: text, resource: text, reason: text, owner: text, expires: text }, required),
);

/** Reads the waivers of a policy pack's configuration. */
export function readWaivers(data: unknown, path: string, ruleIds: readonly string[]): ReadWaivers {
  const problems: Problem[] = [];
  const given = (read(waiversShape, data, path, problems) ?? []) as Partial<Waiver>[];
  return checkedWaivers(
    given.map((waiver) => ({ ...waiver, place: null })),
    path,
    ruleIds,
    problems,
  );
}

/**
 * The waivers among what was written, and what is wrong with the others.
 *
 * @param path of the list
 * @param problems what was wrong with the shape of it
 */
export function checkedWaivers(
  given: readonly (Partial<Waiver> & Pick<PlacedWaiver, "place">)[],
  path: string,
  ruleIds: readonly string[],
  problems: Problem[],
): ReadWaivers {
  const seen = new Set<string>();
  const waivers = given.filter((waiver, index): waiver is PlacedWaiver => {
    const found = waiverProblems(waiver, at(path, index), ruleIds);
    const identity = JSON.stringify([waiver.finding, waiver.resource]);
    if (seen.has(identity)) {
      found.push({ path: at(path, index), reason: "waives what an earlier one waives", fix: "keep one of them" });
    }
    seen.add(identity);
    problems.push(...found);
    return found.length === 0 && required.every((key) => waiver[key] !== undefined);
  });
  return { waivers, problems };
}

/** What is wrong with the properties that are there; `read` has named those that are missing. */
function waiverProblems(waiver: Partial<Waiver>, path: string, ruleIds: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const refuse = (key: keyof Waiver, value: string, reason: string, fix: string): void => {
    problems.push({ path: at(path, key), value, reason, fix });
  };
  const { finding, resource, reason, owner, expires } = waiver;
  if (finding !== undefined) {
    const [rule = "", about] = finding.split(/\[(.*)/s);
    if (!ruleIds.includes(rule)) {
      refuse("finding", finding, "names no rule that there is", suggestion(rule, ruleIds));
    } else if (about !== undefined && !/\](?:#\d+)?$/.test(about)) {
      refuse("finding", finding, "is not the key of a finding", `write it as "${rule}", or with the closing bracket`);
    }
  }
  if (resource?.trim() === "") {
    refuse("resource", resource, "is empty", `give a URN, a name or a file, or "${wholeDeployment}"`);
  }
  if (reason !== undefined && reason.trim().length < shortestReason) {
    refuse("reason", reason, `has fewer than ${shortestReason} characters`, "say in a sentence why it may stay");
  }
  if (owner?.trim() === "") refuse("owner", owner, "is empty", "name who answers for it");
  if (expires !== undefined && !isDay(expires)) {
    refuse("expires", expires, "is not a day", 'write it like "2027-03-31"');
  }
  return problems;
}
