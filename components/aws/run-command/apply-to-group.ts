import { applyPlan, Patience, usualPatience } from "./apply-plan";
import { SystemsManager } from "./systems-manager";

/** Which plan is to be in force on the machines of which Auto Scaling group. */
export interface GroupUpdateSpec {
  group: string;
  /** Digest of the plan. */
  plan: string;
}

/**
 * Has the machines of a group apply the plan that their store points to, one after the other, and stops at the first that
 * cannot. Each goes on answering meanwhile: sockets are systemd's, so none has to leave the balancer. The list is read again
 * before each machine, because a group gets and loses some at any time.
 *
 * @throws Error with the host's own log lines, and how far it has come
 */
export async function applyToGroup(
  { group, plan }: GroupUpdateSpec,
  aws: SystemsManager,
  report: (line: string) => void,
  patience: Patience = usualPatience,
): Promise<{ applied: string; message: string }> {
  const asked = new Set<string>();
  let healthy = 0;
  for (;;) {
    const machines = await aws.machinesOf(group);
    const next = machines.filter((machine) => !asked.has(machine)).sort()[0];
    if (next === undefined) break;
    asked.add(next);
    try {
      await applyPlan({ instance: next, plan }, aws, report, patience);
      healthy += 1;
    } catch (error) {
      const left = await aws.machinesOf(group);
      if (!left.includes(next)) report(`instance ${next}: has left group ${group} meanwhile`);
      else throw new Error(`${(error as Error).message}\n${stopped(group, healthy, left.length)}`);
    }
  }
  if (healthy === 0) throw new Error(`group ${group}: Systems Manager knows no machine of it that takes commands`);
  return { applied: plan, message: `${machinesText(healthy)} of group ${group} healthy` };
}

function stopped(group: string, healthy: number, all: number): string {
  return `group ${group}: ${machinesText(healthy)} of ${all} had applied the plan; the others were not asked`;
}

const machinesText = (count: number): string => (count === 1 ? "1 machine" : `${count} machines`);
