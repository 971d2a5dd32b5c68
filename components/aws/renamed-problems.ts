import { Problem } from "../app/problem";

/** Problems of a part, said of the arguments of the whole: new names of the part's own, by name. */
export function renamed(problems: readonly Problem[], names: Readonly<Record<string, string>>): Problem[] {
  return problems.map((problem) => {
    const [, first = "", rest = ""] = /^(\w*)(.*)$/s.exec(problem.path) ?? [];
    return { ...problem, path: (names[first] ?? first) + rest };
  });
}
