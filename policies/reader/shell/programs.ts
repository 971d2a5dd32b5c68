import { posix } from "node:path";

type Words = readonly (string | null)[];

/** Programs that run another one, and their options that take a value. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
  sudo: ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-D", "--user", "--group", "--chdir"],
  doas: ["-u", "-C"],
  env: ["-u", "-C", "--chdir", "--unset"],
  nice: ["-n"],
  ionice: ["-c", "-n"],
  timeout: ["-s", "-k"],
  nohup: [],
  exec: ["-a"],
  command: [],
  builtin: [],
  setsid: [],
  stdbuf: ["-i", "-o", "-e"],
};

/** Programs that run what others have written, or that change the host by a description kept elsewhere. */
const managers: Readonly<Record<string, string>> = {
  ansible: "a configuration manager",
  "ansible-playbook": "a configuration manager",
  "ansible-pull": "a configuration manager",
  "chef-client": "a configuration manager",
  "chef-solo": "a configuration manager",
  puppet: "a configuration manager",
  "salt-call": "a configuration manager",
  docker: "containers, which are not read",
  "docker-compose": "containers, which are not read",
  podman: "containers, which are not read",
  "cfn-init": "metadata of CloudFormation",
  make: "a makefile",
  eval: "a command that is put together on the host",
};

const shells = /^(ba|da|k|z|a)?sh$/;
const interpreters = /^(python[\d.]*|node|nodejs|perl|ruby|php|deno|bun)$/;
const systemFolders = /^\/(usr\/)?(local\/)?s?bin\//;

/** Wrappers that tell that a program is to keep running. */
const detaching = ["nohup", "setsid"];

/** The words of the command that programs such as `sudo` and `env` run, `nohup` before it if that is there. */
export function withoutPrivileges(words: Words): Words {
  return unwrapped(words, (name) => !detaching.includes(name));
}

/** The words of the command that is run in the end. */
export function withoutWrappers(words: Words): Words {
  return unwrapped(words, () => true);
}

function unwrapped(words: Words, isLeftOut: (wrapper: string) => boolean): Words {
  let at = 0;
  for (;;) {
    const first = words[at];
    const name = typeof first !== "string" ? undefined : programName(first);
    const isWrapper = name !== undefined && Object.hasOwn(wrappers, name) && isLeftOut(name);
    const valued = isWrapper ? wrappers[name] : undefined;
    if (valued === undefined || at + 1 >= words.length) return words.slice(at);
    at++;
    for (let option = words[at]; typeof option === "string"; option = words[at]) {
      if (/^-/.test(option)) at += valued.includes(option) ? 2 : 1;
      else if (/^\w+=/.test(option) || (name === "timeout" && /^[\d.]+[smhd]?$/.test(option))) at++;
      else break;
    }
  }
}

/** The name that a program is known by. */
export function programName(word: string): string {
  return systemFolders.test(word) ? posix.basename(word) : word;
}

/** A script that a command runs: as text, or as a file. */
export interface RunScript {
  readonly text?: string;
  readonly path?: string;
  /** Whether it is a shell that runs it, whatever its first line says. */
  readonly isSure: boolean;
  /** Whether the shell that meets it runs it by itself, so that its variables stay. */
  readonly isSourced: boolean;
}

/** The shell script that a command runs, or undefined when it runs none. */
export function shellScriptIn(words: Words, pathOf: (word: string | null) => string | null): RunScript | undefined {
  const [first, ...rest] = words;
  if (typeof first !== "string") return undefined;
  const name = programName(first);
  const file = (word: string | null | undefined, isSourced: boolean, isSure: boolean): RunScript | undefined => {
    const path = word === undefined ? null : pathOf(word);
    return word === undefined ? undefined : { ...(path === null ? {} : { path }), isSure, isSourced };
  };
  if (name === "." || name === "source") return file(rest[0], true, true);
  if (name === "su") {
    const at = rest.findIndex((word) => word === "-c" || word === "--command");
    const text = at < 0 ? undefined : rest[at + 1];
    return typeof text !== "string" ? undefined : { text, isSure: true, isSourced: false };
  }
  if (shells.test(name)) {
    const at = rest.findIndex((word) => word === null || !/^-/.test(word));
    const takesText = rest.slice(0, at < 0 ? undefined : at).some((word) => word !== null && /^-\w*c/.test(word));
    const operand = at < 0 ? undefined : rest[at];
    if (!takesText) return file(operand, false, true);
    return typeof operand !== "string" ? undefined : { text: operand, isSure: true, isSourced: false };
  }
  return first.includes("/") && !/^\/(usr\/)?s?bin\//.test(first) ? file(first, false, false) : undefined;
}

/** Why it cannot be told what a command does to the host; null when it does nothing of interest. */
export function opaqueBecause(words: Words, isPiped: boolean, runsScript: boolean): string | null {
  const [first, ...rest] = words;
  if (typeof first !== "string") return "a program whose name is known only on the host";
  const name = programName(first);
  if (Object.hasOwn(managers, name)) return managers[name] ?? null;
  if (shells.test(name) && !runsScript) return isPiped ? "a script that is fetched while it runs" : null;
  if (runsScript) return "a script that is not among the files";
  if (!interpreters.test(name)) return null;
  return rest.some((word) => word === null || !/^-/.test(word)) ? "a program that is run by an interpreter" : null;
}
