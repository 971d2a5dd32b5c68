import { HostView } from "./host-view";
import { viewOf } from "./view";

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
