/** Why a value cannot be. */
export interface Fault {
  /** The rest of a sentence that begins with the value. */
  reason: string;
  /** What to do about it. */
  fix: string;
}

/** One fault of a description: where it is, what it is, why it cannot be and what to do. */
export interface Problem extends Fault {
  /** Property path in Pulumi's notation, e.g. `apps[1].routes[0].path`. */
  path: string;
  /** The value at fault. Left out where it could be a secret, or is too large to be read. */
  value?: unknown;
}

/** One entry of `pulumi.InputPropertiesError`. */
export interface PropertyError {
  propertyPath: string;
  reason: string;
}

/** The longest value that is shown in full. */
const longestShownValue = 120;

/** What is said about a problem once its path is known: value, reason, fix. */
export function problemText(problem: Problem): string {
  const value = problem.value === undefined ? "" : `${shown(problem.value)} `;
  return `${value}${problem.reason}; ${problem.fix}`;
}

/** The problems as `pulumi.InputPropertiesError` takes them. */
export function propertyErrors(problems: readonly Problem[]): PropertyError[] {
  return problems.map((problem) => ({ propertyPath: problem.path, reason: problemText(problem) }));
}

/**
 * The problems as text, one line each, paths in a column of their own.
 *
 * @param subject what has the problems, e.g. `landfall:index:LocalSite 'demo'`
 */
export function describeProblems(subject: string, problems: readonly Problem[]): string {
  const width = Math.max(...problems.map((problem) => problem.path.length), 0);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    `${subject} has ${count}:`,
    ...problems.map((problem) => `  ${problem.path.padEnd(width)}  ${problemText(problem)}`),
  ].join("\n");
}

/** Path of a property of the value at `path`, or of an element when `key` is a number. */
export function at(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** JSON keeps control characters visible as escapes, so a bad value cannot disturb the terminal it is shown on. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longestShownValue ? text : `${text.slice(0, longestShownValue)}… (${text.length} characters)`;
}
