import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

import { Problem } from "../../app/problem";
import { StoreConfig } from "../apply/store";
import { renderCommand } from "../shell/render";
import { command } from "../shell/tree";
import { applyService, applyServiceText, applyTimer, applyTimerText, bootstrapPath } from "./units";

/** EC2's limit for user data, in bytes before base64 (EC2 user guide, "Run commands when you launch an EC2 instance"). */
export const userDataLimitBytes = 16_384;

export interface UserDataArgs {
  /** Where the host finds its plan. */
  store: StoreConfig;
}

/**
 * cloud-init's user data of a host: a bootstrap program and the units that run it, about 5 KiB. Plan, program, code and
 * secrets come from the store, so a change to any of them does not touch user data. Needs nothing but python3, which
 * every image with cloud-init has.
 */
export function userData({ store }: UserDataArgs): string {
  const unitFolder = "/etc/systemd/system";
  return cloudConfig({
    bootcmd: [["sh", "-c", finishInterruptedBoot()]],
    write_files: [
      file("/etc/landfall/store.json", `${JSON.stringify(store)}\n`),
      file(bootstrapPath, readFileSync(join(__dirname, "bootstrap.py"), "utf8")),
      file(`${unitFolder}/${applyService}`, applyServiceText()),
      file(`${unitFolder}/${applyTimer}`, applyTimerText()),
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", applyTimer],
      // Last: that it is enabled tells that the first boot has come this far. cloud-init need not wait for it to end.
      ["systemctl", "enable", "--now", "--no-block", applyService],
    ],
  });
}

/** Marks of cloud-init that say that a module has run; written before it runs, so a power cut leaves its work undone. */
const semaphores = ["config_write_files", "config_runcmd", "config_scripts_user"];

/** At every boot, before those modules: lets them run again unless the first boot was finished. */
function finishInterruptedBoot(): string {
  const finished = command("test", "-L", `/etc/systemd/system/multi-user.target.wants/${applyService}`);
  const forget = command("rm", "-f", ...semaphores.map((name) => `/var/lib/cloud/instance/sem/${name}`));
  return `${renderCommand(finished)} || ${renderCommand(forget)}`;
}

function file(path: string, content: string): { path: string; content: string; permissions: string } {
  return { path, content, permissions: "0644" };
}

/** Plain data as the text that cloud-init takes. */
export function cloudConfig(data: Readonly<Record<string, unknown>>): string {
  // Folding would add line breaks to values that have none.
  return `#cloud-config\n${stringify(data, { lineWidth: 0 })}`;
}

/** Size of user data as EC2 counts it. */
export function userDataBytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** What is wrong with user data that is to start an EC2 instance. */
export function userDataProblems(text: string, path: string): Problem[] {
  const bytes = userDataBytes(text);
  if (bytes <= userDataLimitBytes) return [];
  return [
    {
      path,
      reason: `is ${bytes} bytes, ${bytes - userDataLimitBytes} more than the ${userDataLimitBytes} that EC2 takes`,
      fix: "move what is large into the store",
    },
  ];
}
