import { getPartition } from "@pulumi/aws/getPartition";

/** Turns of the event loop until what was asked is on the wire; one was seen to be enough. */
const turnsToSend = 3;

/**
 * Has the engine start the AWS provider while the components are loaded and the site is planned, which takes about as long:
 * without it the provider would start when the first resource is registered. Comes back once it was asked for.
 */
export async function startAwsProvider(): Promise<void> {
  // Why it cannot be had is told to the resources, which need it.
  getPartition({}).catch(() => undefined);
  for (let turn = 0; turn < turnsToSend; turn++) await new Promise((resolve) => setImmediate(resolve));
}
