import type { ChildProcess } from "node:child_process";

/** Signals that end a command in an orderly way. */
const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Passes an interrupt on to a program once, and lets it finish in its own time.
 *
 * One Ctrl-C reaches us up to three times: from the terminal, which also signals the program itself, and from npm, which
 * signals its children. Pulumi takes a second signal as "end at once and lose what is under way". So what comes within
 * two seconds counts as one, and at a terminal the signal is only passed on when the program has not answered to it.
 *
 * @param answered whether the program has said that it is ending
 * @param options.terminal whether signals come from a terminal @default as it is
 * @param options.settleMs how long one interrupt may go on @default 2000
 * @returns what ends the watch
 */
export function passInterrupts(
  child: ChildProcess,
  answered: () => boolean,
  options: { terminal?: boolean; settleMs?: number } = {},
): () => void {
  const { terminal = process.stdin.isTTY === true, settleMs = 2000 } = options;
  let settling: NodeJS.Timeout | undefined;
  const settle = (act: () => void): void => {
    settling = setTimeout(() => {
      settling = undefined;
      act();
    }, settleMs);
  };
  const listener = (): void => {
    if (settling) return;
    if (!terminal) {
      child.kill("SIGINT");
      settle(() => undefined);
    } else {
      settle(() => {
        if (!answered()) child.kill("SIGINT");
      });
    }
  };
  const stop = (): void => {
    clearTimeout(settling);
    for (const signal of signals) process.off(signal, listener);
  };
  for (const signal of signals) process.on(signal, listener);
  child.once("close", stop);
  return stop;
}
