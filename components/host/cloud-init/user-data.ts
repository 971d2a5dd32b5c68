import { stringify } from "yaml";

import { Problem } from "../../app/problem";
import { StoreConfig } from "../apply/store";
import { renderCommand } from "../shell/render";
import { command } from "../shell/tree";
import { bootstrapProgram } from "./bootstrap";
import {
  applyService,
  applyServiceText,
  applyTimer,
  applyTimerText,
  bootstrapPath,
  programPath,
  storeConfigPath,
  volumeService,
  volumeServiceText,
  volumeUsers,
  volumeUserText,
} from "./units";

/** EC2's limit for user data, in bytes before base64 (EC2 user guide, "Run commands when you launch an EC2 instance"). */
export const userDataLimitBytes = 16_384;

/** A disk that outlives its machine, with the apps' data, the secrets that the host made up, and the certificates. */
export interface DataVolume {
  /** Device of the host, e.g. `/dev/disk/by-id/...`. @default the one whole disk that nothing uses */
  device?: string;
}

export interface UserDataArgs {
  /** Where the host finds its plan. */
  store: StoreConfig;
  /** @default none: everything is on the host's own disk */
  dataVolume?: DataVolume;
}

/**
 * cloud-init's user data of a host: a bootstrap program and the units that run it. Plan, program, code and secrets come
 * from the store, so a change to any of them does not touch user data. Needs nothing but python3, which every image with
 * cloud-init has. Plain text: what a compressor makes of it differs between versions of Node, and other user data stops
 * an EC2 instance.
 */
export function userData({ store, dataVolume }: UserDataArgs): string {
  return hostCloudConfig([
    file(storeConfigPath, `${JSON.stringify(store)}\n`),
    file(bootstrapPath, bootstrapProgram(store.kind)),
    ...(dataVolume ? volumeFiles(dataVolume, programPath) : []),
  ]);
}

/** A file that cloud-init writes. */
export interface CloudInitFile {
  path: string;
  content: string;
  permissions: string;
}

/** cloud-config of a host: files, among them the program at `bootstrapPath`, and the units that run it. */
export function hostCloudConfig(files: readonly CloudInitFile[]): string {
  const hasVolume = files.some(({ path }) => path.endsWith(volumeService));
  return cloudConfig({
    bootcmd: [["sh", "-c", finishInterruptedBoot()]],
    write_files: [
      ...files,
      file(`${unitFolder}/${applyService}`, applyServiceText()),
      file(`${unitFolder}/${applyTimer}`, applyTimerText()),
    ],
    // systemd reads a unit that it has not met before by itself; a reload takes a quarter of a second of a small machine.
    runcmd: [
      // What a volume adds to units that are there already has to be read again.
      ...(hasVolume ? [["systemctl", "daemon-reload"]] : []),
      ["systemctl", "enable", "--no-reload", ...(hasVolume ? [volumeService] : []), applyTimer],
      // After the others: that it is enabled tells that the first boot has come this far.
      ["systemctl", "enable", "--no-reload", applyService],
      // cloud-init need not wait for the plan to be in force.
      ["systemctl", "start", "--no-block", applyTimer, applyService],
    ],
  });
}

const unitFolder = "/etc/systemd/system";

/** What a host with a data volume needs before it can apply anything. */
export function volumeFiles({ device }: DataVolume, program: string): CloudInitFile[] {
  return [
    file(`${unitFolder}/${volumeService}`, volumeServiceText(device, program)),
    ...volumeUsers.map((folder) => file(`${unitFolder}/${folder}/landfall-volume.conf`, volumeUserText())),
  ];
}

/** Marks of cloud-init that say that a module has run; written before it runs, so a power cut leaves its work undone. */
const semaphores = ["config_write_files", "config_runcmd", "config_scripts_user"];

/** At every boot, before those modules: lets them run again unless the first boot was finished. */
function finishInterruptedBoot(): string {
  const finished = command("test", "-L", `/etc/systemd/system/multi-user.target.wants/${applyService}`);
  const forget = command("rm", "-f", ...semaphores.map((name) => `/var/lib/cloud/instance/sem/${name}`));
  return `${renderCommand(finished)} || ${renderCommand(forget)}`;
}

/** A file that everybody may read. */
export function file(path: string, content: string): CloudInitFile {
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
      fix: "shorten what is written into it",
    },
  ];
}
