/** Where a line of progress goes. */
export type Report = (line: string) => void;

/** One line of progress: what it is about, then how far it is. The launcher writes its lines the same way. */
const progressLine = (about: string, text: string): string => `${about.padEnd(16)}${text}`;

/** A reporter of progress about one thing, on stderr: stdout carries only what a command was asked for. */
export function progress(about: string): Report {
  return (text) => {
    for (const line of text.split("\n")) process.stderr.write(`${progressLine(about, line)}\n`);
  };
}

/** A duration for people: `0.4 s`, `12 s`, `3 min 7 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
