import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { failureLines } from "../../host/apply/failure";
import { applyLogFile, ApplyState, ApplyStatus, statusFile } from "../../host/apply/status";
import { applyService } from "../../host/cloud-init/units";
import { type Report } from "../machine/command";
import { runInside } from "../machine/inside";
import { machineRoot, runningContainer } from "../machine/machine";
import { cloudInitResult } from "../machine/readiness";
import { keepForLater } from "./kept-layers";

/** Which plan is to be in force on which machine. */
export interface ApplySpec {
  id: string;
  machine: string;
  /** Digest of the plan. */
  plan: string;
}

const guestBootstrap = "/usr/local/lib/landfall/bootstrap.py";

/** How long cloud-init may take to lay the bootstrap program. Two seconds are usual. */
const bootstrapSeconds = 60;

/**
 * Has a machine apply the plan that its store points to, and waits until every app answers. Lines of the host's own log
 * go to `report` as they come.
 *
 * @throws Error with the host's log lines when the plan could not be applied or an app is not healthy
 */
export async function applyPlan(spec: ApplySpec, report: Report): Promise<{ applied: string }> {
  const init = runningContainer(spec.id, spec.machine).init.pid;
  const root = machineRoot(spec.id, spec.machine);
  const enabled = join(root, "etc/systemd/system/multi-user.target.wants", applyService);
  // cloud-init writes the unit right after the bootstrap program that it runs.
  await waitForFirstBoot(init, () => existsSync(join(root, "etc/systemd/system", applyService)));

  const stopFollowing = followFile(join(root, applyLogFile), report);
  const outcome = await runInside(init, ["python3", guestBootstrap]).finally(stopFollowing);
  const status = readStatus(root);
  if (outcome.code !== 0 || status?.state !== ApplyState.Applied || status.applied !== spec.plan) {
    throw new Error(failure(spec, status, `${outcome.stderr}\n${outcome.stdout}`.trim(), cloudInitResult(init).errors));
  }
  // Enabled last of all: from then on a boot that is cut off has nothing left to do.
  await waitForFirstBoot(init, () => isLink(enabled));
  const machine = { id: spec.id, name: spec.machine };
  await keepForLater(
    machine,
    status.apps.flatMap((app) => app.environment ?? []),
  );
  return { applied: status.applied };
}

/** Waits for cloud-init's first boot to come to a point; a boot that has ended without it never will. */
async function waitForFirstBoot(init: number, isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + bootstrapSeconds * 1000;
  while (!isThere()) {
    const { done, errors } = cloudInitResult(init);
    if (Date.now() > deadline || (done && !isThere())) {
      const said = errors.length ? errors.join("; ") : "no error";
      throw new Error(`cloud-init did not lay the bootstrap program within ${bootstrapSeconds} s; it reports: ${said}`);
    }
    await sleep(25);
  }
}

// The link's target is a path inside the machine, so only the link itself can be looked at from outside.
function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function readStatus(root: string): ApplyStatus | undefined {
  const path = join(root, statusFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as ApplyStatus) : undefined;
}

function failure(spec: ApplySpec, status: ApplyStatus | undefined, output: string, cloudInit: string[]): string {
  return [
    ...failureLines(`machine ${spec.machine}`, status, output),
    `  cloud-init: ${cloudInit.length ? cloudInit.join("; ") : "no error"}`,
  ].join("\n");
}

/** Hands on the lines that are added to a file, until told to stop. */
function followFile(path: string, report: Report): () => void {
  let offset = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let rest = "";
  const read = (): void => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < offset) offset = 0;
    if (size === offset) return;
    const file = openSync(path, "r");
    const bytes = Buffer.alloc(size - offset);
    offset += readSync(file, bytes, 0, bytes.length, offset);
    closeSync(file);
    const lines = (rest + bytes.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(report);
  };
  const timer = setInterval(read, 100);
  return () => {
    clearInterval(timer);
    read();
  };
}
