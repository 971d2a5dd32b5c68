import { PackageManager, Production } from "../host-view";
import type { Action, RunCommand } from "./actions";
import { Arguments, parseArguments } from "./arguments";
import { opaqueBecause } from "./programs";

const system = (verbs: readonly string[], valued: readonly string[]): Action => {
  return (command) => installNamed(command, PackageManager.System, verbs, valued);
};

/** What programs do that install packages, or make environments for them. */
export const packageActions: Readonly<Record<string, Action>> = {
  "apt-get": system(["install"], ["-o", "-t", "-c", "--target-release"]),
  apt: system(["install"], ["-o", "-t", "-c", "--target-release"]),
  aptitude: system(["install"], ["-o", "-t"]),
  yum: system(["install", "localinstall"], ["-c", "--enablerepo", "--disablerepo"]),
  dnf: system(["install"], ["-c", "--enablerepo", "--disablerepo"]),
  zypper: system(["install", "in"], ["-r", "--repo"]),
  apk: system(["add"], ["-t", "--virtual", "-X", "--repository"]),
  "amazon-linux-extras": system(["install"], []),
  pip,
  pipx: (command) => installNamed(command, PackageManager.Python, ["install"], ["--python", "--index-url"]),
  uv,
  python,
  virtualenv: (command) => environment(command, command.words.slice(1)),
  npm: node,
  yarn: node,
  pnpm: node,
};

const pipOptions = [
  "-r",
  "--requirement",
  "-c",
  "--constraint",
  "-t",
  "--target",
  "-e",
  "--editable",
  "-i",
  "--index-url",
];

function installNamed(
  command: RunCommand,
  manager: PackageManager,
  verbs: readonly string[],
  valued: readonly string[],
  words = command.words.slice(1),
): void {
  const [verb, ...names] = parseArguments(words, valued).operands;
  if (typeof verb !== "string" || !verbs.includes(verb)) return;
  for (const name of names) if (name !== null) addPackage(command, manager, name);
}

function addPackage({ shell, place }: RunCommand, manager: PackageManager, name: string): void {
  // A path or an address is no name; a version behind it (`=1.2`, `==1.2`, `[extra]`) is left out.
  if (/^[./~]|:\/\//.test(name)) return;
  const bare = /^@?[\w.+/-]+/.exec(name)?.[0];
  if (bare !== undefined) shell.draft.packages.push({ name: bare, manager, place });
}

function pip(command: RunCommand, words = command.words.slice(1)): void {
  const args = parseArguments(words, pipOptions);
  const [verb, ...names] = args.operands;
  if (verb !== "install") return;
  for (const name of names) if (name !== null) addPackage(command, PackageManager.Python, name);
  const folder = args.value("-t", "--target");
  if (folder !== null) command.shell.produce(command.shell.path(folder), Production.Build, command.place);
}

function uv(command: RunCommand): void {
  const [verb, ...rest] = command.words.slice(1);
  if (verb === "pip") pip(command, rest);
  else if (verb === "venv") environment(command, rest);
  else if (verb === "sync") command.shell.produce(command.shell.path(".venv"), Production.Build, command.place);
}

/** `python -m venv`, `python -m pip`; any other program of Python's cannot be read. */
function python(command: RunCommand): void {
  const { words, shell, place } = command;
  const at = words.indexOf("-m");
  const [name, ...rest] = at < 0 ? [] : words.slice(at + 1);
  if (name === "venv" || name === "virtualenv") return environment(command, rest);
  if (name === "pip") return pip(command, rest);
  const what = opaqueBecause(words, false, false);
  if (what !== null && !words.includes("-c")) shell.draft.opaque.push({ what, place });
}

function environment({ shell, place }: RunCommand, words: readonly (string | null)[]): void {
  for (const word of parseArguments(words, ["-p", "--python", "--prompt"]).operands) {
    shell.produce(shell.path(word), Production.Build, place);
  }
}

function node(command: RunCommand): void {
  const { shell, place } = command;
  const args: Arguments = parseArguments(command.words.slice(1), ["--prefix", "-C", "--registry", "--cwd", "--dir"]);
  const [verb, ...names] = args.operands;
  if (typeof verb === "string" && !["install", "i", "ci", "add", "run", "build"].includes(verb)) return;
  if (verb === "run" || verb === "build") {
    shell.draft.opaque.push({ what: "a build that leaves files", place });
    return;
  }
  for (const name of names) if (name !== null) addPackage(command, PackageManager.Node, name);
  if (args.has("-g", "--global")) return;
  const folder = args.value("--prefix", "-C", "--cwd", "--dir");
  const root = folder === null ? shell.folder : shell.path(folder);
  shell.produce(root === null ? null : `${root === "/" ? "" : root}/node_modules`, Production.Build, place);
}
