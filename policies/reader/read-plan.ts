import { HostView, PartType } from "./host-view";
import { fillFromPlan } from "./plan/fill";
import { parsePlan } from "./plan/parse";
import { packagedNginx } from "./nginx/configuration";
import { viewOfSource } from "./view";

/**
 * Reads a host plan of Landfall, the object `plans/<digest>.json` of its store. Never fails: what is no plan gives a view
 * without anything, and a problem.
 *
 * @param source name for places that are in no file of the host, e.g. `host plan of web`
 */
export function readPlan(json: string, source: string): HostView {
  return viewOfSource(source, (draft) => {
    const place = { file: source, line: null, sourceLine: null };
    const plan = parsePlan(json, draft, place);
    if (plan === null) return packagedNginx;
    draft.parts.push({ name: source, type: PartType.HostPlan, content: json, sourceLine: 1 });
    fillFromPlan(draft, plan, place);
    return packagedNginx;
  });
}
