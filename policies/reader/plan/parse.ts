import { HostPlan } from "../../../components/host/plan";
import { HostDraft } from "../draft";
import { limits } from "../limits";
import { Place } from "../place";
import { misfits } from "./shape";

/** The version of host plans that is read. */
const knownFormat = 1;

/** Whether a text looks like a host plan, so that `readPlan` is the way to read it. */
export function isPlan(json: string): boolean {
  if (!/^\s*\{/.test(json) || json.length > limits.textLength) return false;
  const value = parseJson(json);
  return (
    typeof value === "object" && value !== null && ["format", "units", "files", "apps"].every((key) => key in value)
  );
}

/** The plan that a text is; null, with problems, when it is none. */
export function parsePlan(json: string, draft: HostDraft, place: Place): HostPlan | null {
  if (json.length > limits.textLength) {
    draft.unread(place, `is larger than the ${limits.textLength} characters that are read`);
    return null;
  }
  const value = parseJson(json);
  if (value === undefined) {
    draft.broken(place, "is no valid JSON");
    return null;
  }
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (typeof format === "number" && format !== knownFormat) {
    draft.unread(place, `is a host plan of format ${format}; format ${knownFormat} is read`);
    return null;
  }
  const faults = misfits(value);
  for (const { path, expected } of faults) {
    draft.broken(place, `is no host plan: ${path === "" ? "it" : path} is not ${expected}`);
  }
  return faults.length > 0 ? null : (value as HostPlan);
}

/** Undefined when it is none: the parser's own message repeats the text, which is not for messages. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
