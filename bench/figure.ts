import { unlessInterrupted } from "./cleanup";

/** One measured figure and the goal it is held against. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** As a comparison, e.g. `<= 1.5`. */
  goal: string;
  met: boolean;
}

/** Which way a figure is good. */
export const Bound = { AtMost: "<=", AtLeast: ">=" } as const;
export type Bound = (typeof Bound)[keyof typeof Bound];

export function figure(name: string, value: number, unit: string, bound: Bound, goal: number): Figure {
  const met = bound === Bound.AtMost ? value <= goal : value >= goal;
  return { name, value: Number(value.toPrecision(4)), unit, goal: `${bound} ${goal}`, met };
}

/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}

/** Something that is measured, giving its value, e.g. seconds. */
export type Trial = () => number | Promise<number>;

/**
 * Runs the trials in turn, round after round, so that whatever else the computer does is shared among them, and gives
 * the median of each.
 */
export async function interleaved<K extends string>(
  rounds: number,
  trials: Readonly<Record<K, Trial>>,
  report: (line: string) => void,
): Promise<Record<K, number>> {
  const names = Object.keys(trials) as K[];
  const values = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      await unlessInterrupted();
      const value = await trials[name]();
      values.get(name)?.push(value);
      report(`round ${round} of ${rounds}: ${name} ${value.toPrecision(4)}`);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<K, number>;
}

/** Seconds that a piece of work takes. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
