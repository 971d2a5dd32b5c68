import { checkoutFolder } from "./project";
import type { Session } from "./session";
import { holderOfLock, lockFiles } from "./stack-state";

/** Fails when a process of this computer is updating a stack. */
export function refuseWhileUpdated(folder: string, stack: string): void {
  const holder = holderOfLock(folder, stack);
  if (holder === undefined) return;
  throw new Error(
    `an update of stack ${stack} is running (process ${holder}); let it finish, or interrupt it, then repeat`,
  );
}

/** Takes away the lock that a killed update left on a stack, so that the next one can go on from there. */
export async function releaseDeadLock(session: Session, stack: string): Promise<void> {
  if (!session.ownBackend || lockFiles(checkoutFolder, stack).length === 0) return;
  refuseWhileUpdated(checkoutFolder, stack);
  await session.pulumi.ask("cancel", "--yes", "--stack", stack);
}
