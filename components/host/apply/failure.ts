import { ApplyStatus } from "./status";

/** How many lines of a command's output are shown where the host has said nothing better. */
const shownLines = 20;

/**
 * What is said of a plan that could not be put in force: the host's message, and its own log lines for each problem.
 *
 * @param host what the host is called, e.g. `machine web`
 * @param output what the command printed, for a host that did not come as far as to report
 */
export function failureLines(host: string, status: ApplyStatus | undefined, output: string): string[] {
  const problems = status?.problems ?? [];
  return [
    `${host}: ${status?.message || "the plan could not be applied"}`,
    ...problems.flatMap(({ app, message, log }) => [
      `  ${app === null ? "" : `app ${app}: `}${message}`,
      ...log.map((line) => `    ${line}`),
    ]),
    ...(problems.length ? [] : output.split("\n").slice(-shownLines)).map((line) => `  ${line}`),
  ];
}
