import { checkoutFolder, projectName } from "./project";
import type { Session } from "./session";
import { hasState, recordedOutputs } from "./stack-state";

// In this checkout's own backend a stack is looked up in its state: asking the CLI takes a quarter of a second.

/** Whether a stack exists. */
export async function stackExists(session: Session, stack: string): Promise<boolean> {
  if (session.ownBackend) return hasState(checkoutFolder, projectName(), stack);
  return (await session.pulumi.stacks()).includes(stack);
}

/** The outputs of a stack; none when it does not exist. */
export async function stackOutputs(session: Session, stack: string): Promise<Record<string, unknown>> {
  const recorded = session.ownBackend ? recordedOutputs(checkoutFolder, projectName(), stack) : undefined;
  if (recorded) return recorded;
  return (await stackExists(session, stack)) ? session.pulumi.outputs(stack) : {};
}
