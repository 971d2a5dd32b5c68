import { existsSync, rmSync } from "node:fs";
import { stackFolder } from "../../components/local/machine/folders";
import { bridgeName } from "../../components/local/machine/names";
import type { Command } from "./command";
import { localOutputs } from "./local-outputs";
import { listMachines, sweepMachines } from "./local-program";
import { showOperation } from "./operation-line";
import { becomeRootCapable } from "./privilege";
import { caFile, checkoutFolder, localStack, stackConfig } from "./project";
import { stackExists, stackOutputs } from "./recorded-stack";
import { openSession, type Session } from "./session";
import { refuseWhileUpdated, releaseDeadLock } from "./stack-lock";
import { forgetStack, stateTraces } from "./stack-state";
import { localNetwork } from "./status";
import { progress } from "./terminal/progress";

/** `npm run down`. */
export const down: Command = {
  summary: "removes the example sites with every trace: machines, network, state",
  options: {},
  async run() {
    const network = localNetwork();
    const networks = new Set([network]);
    const state = stateTraces(checkoutFolder, localStack).length > 0 || Boolean(process.env.PULUMI_BACKEND_URL);
    // Nobody is asked for a password where there is nothing to remove.
    const sweep =
      state || [stackFolder(network), `/sys/class/net/${bridgeName(network)}`].some((path) => existsSync(path));
    if (sweep) await becomeRootCapable();

    const machines = sweep ? await listMachines(network) : [];
    const removed = machines.map((machine) => `machine ${machine.name} (${machine.address})`);
    if (state) removed.push(...(await destroyStack(await openSession(), networks)));
    if (sweep) await Promise.all([...networks].map(sweepMachines));
    removed.push(...forgetStack(checkoutFolder, localStack, stackConfig(localStack)));
    rmSync(caFile, { force: true });
    process.stdout.write(
      removed.length > 0 ? `Removed:\n${removed.map((line) => `  ${line}\n`).join("")}` : "Nothing to remove.\n",
    );
    return 0;
  },
};

/**
 * Destroys the stack as Pulumi knows it, and gives what was removed. What it cannot remove is left to the sweep, which
 * needs no state; networks that the stack names are added to those that are swept.
 */
async function destroyStack(session: Session, networks: Set<string>): Promise<string[]> {
  const { pulumi } = session;
  const report = progress("pulumi");
  refuseWhileUpdated(checkoutFolder, localStack);
  try {
    if (!(await stackExists(session, localStack))) return [];
    await releaseDeadLock(session, localStack);
    const { id } = localOutputs(await stackOutputs(session, localStack));
    if (id !== undefined) networks.add(id);
    const args = [
      "destroy",
      "--yes",
      "--skip-preview",
      "--stack",
      localStack,
      "--suppress-outputs",
      "--suppress-permalink=true",
    ];
    const result = await pulumi.operate(args, showOperation());
    if (result.interrupted) throw new Interrupted("down was interrupted; repeat it to remove the rest");
    if (result.code !== 0) report(`destroy failed (${result.reason}); sweeping instead`);
    await pulumi.ask("stack", "rm", "--yes", "--force", "--preserve-config", "--stack", localStack);
    return [`stack ${localStack}`];
  } catch (error) {
    if (error instanceof Interrupted || !session.ownBackend) throw error;
    report(
      `the stack's state is of no use (${error instanceof Error ? error.message : String(error)}); sweeping instead`,
    );
    return [];
  }
}

class Interrupted extends Error {}
