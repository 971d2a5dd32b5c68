import { Fault } from "../app/problem";

/** The periods that CloudWatch keeps logs for, in days (CloudWatch Logs API Reference, PutRetentionPolicy). */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What is wrong with a period that logs are to be kept for. Undefined when nothing is. */
export function retentionFault(days: number): Fault | undefined {
  if (retentionDays.includes(days)) return undefined;
  const next = retentionDays.find((each) => each > days) ?? retentionDays.at(-1);
  return { reason: "is no period that CloudWatch keeps logs for", fix: `the next one is ${next} days` };
}
