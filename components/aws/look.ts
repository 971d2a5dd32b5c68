import { setTimeout as sleep } from "node:timers/promises";

/** How often it is said that there is still nothing to say, in seconds. */
const wordSeconds = 30;

/** How long to look, and how often, in seconds. */
export interface Looking {
  seconds: number;
  everySeconds: number;
}

/** Looks until there is something to see, and says now and then what is waited for; undefined when there was nothing in time. */
export async function look<T>(
  see: () => Promise<T | undefined>,
  waiting: string,
  report: (line: string) => void,
  { seconds, everySeconds }: Looking,
): Promise<T | undefined> {
  const begun = Date.now();
  let word = 0;
  for (;;) {
    const seen = await see();
    if (seen) return seen;
    const passed = (Date.now() - begun) / 1000;
    if (passed >= seconds) return undefined;
    if (passed >= word * wordSeconds) {
      report(`${waiting} (${Math.round(passed)} s)`);
      word += 1;
    }
    await sleep(everySeconds * 1000);
  }
}
