/** What happened to names. */
export const NameEvent = {
  /** They are there for the first time. */
  New: "new",
  /** They lead elsewhere. */
  Changed: "changed",
} as const;
export type NameEvent = (typeof NameEvent)[keyof typeof NameEvent];

/** The longest that records of ours are kept, for when it is not known what the last change said. */
const longestSeconds = 300;

/**
 * How long to wait until no resolver remembers where names led before, in seconds.
 *
 * @param said what the last change said, as JSON
 */
export function secondsToWait(event: string, said: string): number {
  if (event !== NameEvent.Changed) return 0;
  try {
    const { keptSeconds } = (JSON.parse(said) ?? {}) as { keptSeconds?: unknown };
    return typeof keptSeconds === "number" && keptSeconds >= 0 ? keptSeconds : longestSeconds;
  } catch (error) {
    if (error instanceof SyntaxError) return longestSeconds;
    throw error;
  }
}
