import { HostView } from "../reader/host-view";

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
    sourceProblems: [...bootstrap.sourceProblems, ...plan.sourceProblems],
    problems: [...bootstrap.problems, ...plan.problems],
  };
}
