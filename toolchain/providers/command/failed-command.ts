import type { PropertyMap } from "../property/value";

/** Lines of output that an error shows; more would push the reason off the screen. */
const shownLines = 40;

/** Whether a stream's lines may be shown, by a command's `logging`. */
export function isShown(inputs: PropertyMap, stream: "stdout" | "stderr"): boolean {
  const logging = inputs["logging"] ?? "stdoutAndStderr";
  return logging === "stdoutAndStderr" || logging === stream;
}

/** Keeps the last lines that a command wrote, as far as they may be shown, for the error when it fails. */
export class LastLines {
  private readonly lines: string[] = [];
  private count = 0;

  add(line: string): void {
    this.count++;
    this.lines.push(line);
    if (this.lines.length > shownLines) this.lines.shift();
  }

  /** The error of a command that failed. */
  error(command: string, failure: string, inputs: PropertyMap): Error {
    const hidden = this.count - this.lines.length;
    const output = [
      ...(hidden > 0 ? [`(${hidden} earlier lines)`] : []),
      ...this.lines,
      ...(inputs["logging"] === "none" ? ["(its output is not shown, because logging is none)"] : []),
    ];
    return new Error(
      [`${failure}: running ${JSON.stringify(command)}${output.length > 0 ? ":" : ""}`, ...output].join("\n"),
    );
  }
}

/** Output as it becomes a property: without the last line end, which most commands write and no program wants. */
export function trimmed(output: string): string {
  return output.replace(/\n$/, "");
}
