import { randomUUID } from "node:crypto";
import { look, Looking } from "../../look";
import { Invalidations } from "./invalidations";

/** Of which distribution nothing is to be kept. */
export interface InvalidationSpec {
  distribution: string;
}

/** CloudFront names no longest time; edges mostly forget within two minutes. */
export const usualPatience: Looking = { seconds: 30 * 60, everySeconds: 5 };

/** Whatever is kept. It counts as one path, of which 1,000 a month are free (CloudFront, "Pay for file invalidation"). */
const everything = ["/*"];

/**
 * Has a distribution forget all copies that it keeps, and waits until every edge has.
 *
 * @throws Error with AWS's own words
 */
export async function invalidate(
  { distribution }: InvalidationSpec,
  aws: Invalidations,
  report: (line: string) => void,
  patience: Looking = usualPatience,
): Promise<{ invalidation: string }> {
  const whose = `distribution ${distribution}`;
  // A wish of its own each time: going back to an earlier release has to be heard as well.
  const reference = `landfall-${randomUUID()}`;
  const id = await look(
    () => asked(whose, () => aws.create(distribution, everything, reference)),
    `${whose}: waiting for others' invalidations, since no more of them are taken at once`,
    report,
    patience,
  );
  if (id === undefined) throw new Error(`${whose}: took no invalidation within ${patience.seconds} s`);
  const waiting = `${whose}: its edges forget what they keep, by invalidation ${id}`;
  const isDone = await look(() => asked(whose, () => aws.isCompleted(distribution, id)), waiting, report, patience);
  if (!isDone) throw new Error(`${whose}: invalidation ${id} was not completed within ${patience.seconds} s`);
  return { invalidation: id };
}

async function asked<T>(whose: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(`${whose}: ${name}: ${message}`, { cause: error });
  }
}
