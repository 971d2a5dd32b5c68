import { existsSync, rmSync } from "node:fs";
import { stackFolder } from "../../components/local/machine/folders";
import type { Command } from "./command";
import { localOutputs } from "./local-outputs";
import { sweepMachines } from "./local-program";
import { becomeRootCapable } from "./privilege";
import { caFile, checkoutFolder, localStack, stackConfig } from "./project";
import { openSession, type Session } from "./session";
import { forgetStack, holderOfLock, stateTraces } from "./stack-state";
import { localNetwork } from "./status";
import { progress } from "./terminal/progress";

/** `npm run down`. */
export const down: Command = {
  summary: "removes the example sites with every trace: machines, network, state",
  options: {},
  async run() {
    const removed: string[] = [];
    const ids = new Set([localNetwork()]);
    if (stateTraces(checkoutFolder, localStack).length > 0 || process.env.PULUMI_BACKEND_URL) {
      await destroyStack(await openSession(), ids, removed);
    }
    for (const id of ids) {
      // Whoever is not root is asked for a password only where there is something to sweep.
      if (process.getuid?.() !== 0 && !existsSync(stackFolder(id))) continue;
      await becomeRootCapable();
      removed.push(...(await sweepMachines(id)));
    }
    removed.push(...forgetStack(checkoutFolder, localStack, stackConfig(localStack)));
    rmSync(caFile, { force: true });
    process.stdout.write(
      removed.length > 0 ? `Removed:\n${removed.map((line) => `  ${line}\n`).join("")}` : "Nothing to remove.\n",
    );
    return 0;
  },
};

/** Destroys the stack as Pulumi knows it. What it cannot remove is left to the sweep, which needs no state. */
async function destroyStack(session: Session, ids: Set<string>, removed: string[]): Promise<void> {
  const { pulumi } = session;
  const report = progress("pulumi");
  const holder = holderOfLock(checkoutFolder, localStack);
  if (holder !== undefined) {
    throw new Error(
      `an update of stack ${localStack} is running (process ${holder}); let it finish, or interrupt it, then repeat`,
    );
  }
  try {
    if (!(await pulumi.stacks()).includes(localStack)) return;
    await pulumi.ask("cancel", "--yes", "--stack", localStack).catch(() => undefined);
    const { id } = localOutputs(await pulumi.outputs(localStack));
    if (id !== undefined) ids.add(id);
    const args = [
      "destroy",
      "--yes",
      "--skip-preview",
      "--stack",
      localStack,
      "--suppress-outputs",
      "--suppress-permalink=true",
    ];
    const result = await pulumi.operate(args, (line) => process.stderr.write(`${line}\n`));
    if (result.interrupted) throw new Interrupted("down was interrupted; repeat it to remove the rest");
    if (result.code !== 0) report(`destroy failed (${result.reason}); sweeping instead`);
    await pulumi.ask("stack", "rm", "--yes", "--force", "--preserve-config", "--stack", localStack);
    removed.push(`stack ${localStack}`);
  } catch (error) {
    if (error instanceof Interrupted || !session.ownBackend) throw error;
    report(
      `the stack's state is of no use (${error instanceof Error ? error.message : String(error)}); sweeping instead`,
    );
  }
}

class Interrupted extends Error {}
