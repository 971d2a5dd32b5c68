import { HostView } from "../reader/host-view";
import { viewOf } from "../reader/view";

/**
 * What several sources say about one host, e.g. user data and the plan that it bootstraps. Units and nginx's configuration
 * are put together anew, out of the files of all; a file that two of them write is the later one's.
 */
export function mergeViews(views: readonly HostView[], source: string): HostView {
  const files = new Map(views.flatMap((view) => view.files.map((file) => [file.path, file] as const)));
  return viewOf({
    source,
    parts: views.flatMap(({ parts }) => parts),
    files: [...files.values()],
    produced: views.flatMap(({ produced }) => produced),
    users: views.flatMap(({ users }) => users),
    packages: views.flatMap(({ packages }) => packages),
    commands: views.flatMap(({ commands }) => commands),
    opaque: views.flatMap(({ opaque }) => opaque),
    plan: views.find(({ plan }) => plan !== null)?.plan ?? null,
    sourceProblems: views.flatMap(({ sourceProblems }) => sourceProblems),
  });
}

/** The view of a plan with the bootstrap that applies it. They have no file in common, so nothing is to be read anew. */
export function beside(plan: HostView, bootstrap: HostView): HostView {
  return {
    ...plan,
    parts: [...bootstrap.parts, ...plan.parts],
    files: [...bootstrap.files, ...plan.files],
    produced: [...bootstrap.produced, ...plan.produced],
    users: [...bootstrap.users, ...plan.users],
    packages: [...bootstrap.packages, ...plan.packages],
    commands: [...bootstrap.commands, ...plan.commands],
    opaque: [...bootstrap.opaque, ...plan.opaque],
    units: [...bootstrap.units, ...plan.units],
    problems: [...bootstrap.problems, ...plan.problems],
  };
}
