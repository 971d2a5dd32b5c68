import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { machineCgroup } from "../../components/local/machine/cgroup";
import { run } from "../../components/local/machine/command";
import { findContainers } from "../../components/local/machine/container";
import { stackFolder } from "../../components/local/machine/folders";
import { currentForwards } from "../../components/local/machine/forwarder";

function controlGroups(): string[] {
  const mount = dirname(machineCgroup("any") ?? "/");
  return mount === "/" ? [] : readdirSync(mount).map((group) => join(mount, group));
}

/** Everything on this computer that bears a stack's id. */
export async function tracesOf(id: string): Promise<string[]> {
  const tables = await run(["nft", "list", "ruleset"]);
  const units = existsSync("/run/systemd/system")
    ? readdirSync("/run/systemd/transient").filter((unit) => unit.includes(id))
    : [];
  return [
    ...readdirSync("/sys/class/net").filter((link) => link.includes(id)),
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(`/${id}/`)),
    ...tables.split("\n").filter((line) => line.includes(id)),
    ...findContainers((tag) => tag.startsWith(id)).map(({ supervisor }) => `process ${supervisor.pid}`),
    ...readdirSync("/run/systemd/nspawn/propagate").filter((tag) => tag.startsWith(id)),
    ...units,
    ...controlGroups().filter((group) => group.includes(id)),
    ...(existsSync(stackFolder(id)) ? [stackFolder(id)] : []),
    ...currentForwards(id).map(({ port }) => `port ${port}`),
  ];
}
