/** A line of Pulumi's progress: what is done (`+`, `~`, `-`, `+-`), type, name, state, time, and what it says. */
const progressPattern =
  /^ ?(?<act>[ +~-]{1,2}) +(?<type>[\w-]+:[\w/-]+:\w+) (?<name>[^\s(]\S*) ?(?<state>\w[\w ]*?)? ?(?:\((?<time>[\d.]+s)\))?(?: (?<said>.*))?$/;

/** Time stamps that the host's own log begins with; here the lines come as they are written. */
const timeStamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z /;

/** Advice that `down` follows by itself. */
const advice = /^(?:The resources in the stack have been deleted|If you want to remove the stack completely)/;

/**
 * A line of what Pulumi prints, made short for a reader: `web-apply: waiting for the apps to become healthy` instead of
 * type, state and time. Gives undefined for a line that says nothing: a sign of life, a state that a later line ends, an
 * answer that is meant for programs.
 */
export function readableLine(line: string): string | undefined {
  if (/^\s*@ [\w ]+\.*$/.test(line) || advice.test(line)) return undefined;
  const found = progressPattern.exec(line)?.groups;
  if (!found) return line;
  const { act = "", name = "", state = "", time } = found;
  const said = (found.said ?? "")
    .trim()
    .replace(timeStamp, "")
    .replace(/^\[diff: [^\]]*\]$/, "");
  if (said && !/^[{[].*[}\]]$/.test(said)) return `     ${name}: ${said}`;
  if (state === "" || state.endsWith("ing")) return undefined;
  return ` ${act.trim().padEnd(3)} ${name} ${state}${time === undefined ? "" : ` (${time})`}`;
}

/** Shows what an operation prints, line by line, on stderr. */
export function showOperation(): (line: string) => void {
  let last = "";
  return (line) => {
    const readable = readableLine(line);
    // One empty line parts paragraphs as well as two.
    if (readable === undefined || (readable === "" && last === "")) return;
    last = readable;
    process.stderr.write(`${readable}\n`);
  };
}
