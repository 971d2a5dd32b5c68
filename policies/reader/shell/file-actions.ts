import { posix } from "node:path";
import { Production } from "../host-view";
import type { Action, RunCommand } from "./actions";
import { Arguments, parseArguments } from "./arguments";

/** What programs do that put files somewhere, and built-in commands of the shell that have to do with folders. */
export const fileActions: Readonly<Record<string, Action>> = {
  cd: changeFolder,
  pushd: changeFolder,
  popd: ({ shell }) => void (shell.folder = null),
  export: declare,
  declare,
  local: declare,
  readonly: declare,
  for: forgetVariable,
  read: forgetVariable,
  unset: forgetVariable,
  mkdir: makeFolders,
  cp: (command) => copy(command, parse(command, ["-t", "--target-directory", "-S"])),
  mv: (command) => copy(command, parse(command, ["-t", "--target-directory", "-S"])),
  rsync: (command) => copy(command, parse(command, ["-e", "--rsh", "-f", "--filter"])),
  scp: (command) => copy(command, parse(command, ["-i", "-P", "-o", "-F", "-l", "-S"])),
  install,
  ln: link,
  rm: remove,
  unlink: remove,
  touch: ({ words, place, shell }) => {
    for (const word of parseArguments(words.slice(1), ["-d", "-r", "-t"]).operands) {
      const path = shell.path(word);
      if (path !== null && shell.draft.file(path) === undefined) {
        shell.write(path, "", place, { appends: false, line: null });
      }
    }
  },
  tee: ({ words, place, shell, input }) => {
    const args = parseArguments(words.slice(1));
    for (const word of args.operands) {
      const path = shell.path(word);
      if (path === null || path.startsWith("/dev/")) continue;
      shell.write(path, input ?? null, place, { appends: args.has("-a", "--append"), line: nextLine(place, input) });
    }
  },
  sed: editInPlace,
  perl: editInPlace,
};

const parse = ({ words }: RunCommand, valued: readonly string[]): Arguments => parseArguments(words.slice(1), valued);

/** The text of a here-document begins in the line below its command. */
function nextLine(place: RunCommand["place"], input: string | null | undefined): RunCommand["place"] | null {
  return typeof input !== "string" || place.sourceLine === null ? null : { ...place, sourceLine: place.sourceLine + 1 };
}

function changeFolder({ words, shell }: RunCommand): void {
  const [target] = parseArguments(words.slice(1)).operands;
  shell.folder = target === undefined ? "/root" : target === "-" ? null : shell.path(target);
}

function declare({ words, shell }: RunCommand): void {
  for (const word of words.slice(1)) {
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word ?? "") ?? [];
    if (name !== undefined && value !== undefined) shell.setVariable(name, value);
  }
}

function forgetVariable({ words, shell }: RunCommand): void {
  for (const word of words.slice(1)) {
    if (word === "in") return;
    if (word !== null && /^[A-Za-z_]\w*$/.test(word)) shell.setVariable(word, null);
  }
}

function makeFolders({ words, place, shell }: RunCommand): void {
  for (const word of parseArguments(words.slice(1), ["-m", "--mode"]).operands) {
    shell.produce(shell.path(word), Production.Directory, place);
  }
}

/** Copies and moves: a file that is known keeps its content, whatever else is put there is only known to be there. */
function copy({ place, shell, words }: RunCommand, args: Arguments): void {
  const into = args.value("-t", "--target-directory");
  const operands = into === null ? args.operands.slice(0, -1) : args.operands;
  const target = into ?? args.operands.at(-1) ?? null;
  if (operands.length === 0 || target === null || /^[^/]*:/.test(target)) return;
  for (const operand of operands) {
    const source = operand === null || /^[^/]*:/.test(operand) ? null : shell.path(operand);
    const several = operands.length > 1 || into !== null;
    // rsync copies what is in a folder when its name ends with a slash.
    const isContent = words[0] === "rsync" && (operand?.endsWith("/") ?? false);
    const name = operand ?? "";
    const path = isContent ? shell.path(target) : shell.destination(several ? `${target}/` : target, name);
    if (path === null) continue;
    const file = source === null ? undefined : shell.draft.file(source);
    if (file) shell.draft.write({ ...file, path });
    else shell.produce(path, Production.Copy, place);
  }
}

function install(command: RunCommand): void {
  const args = parse(command, ["-m", "--mode", "-o", "--owner", "-g", "--group", "-t", "--target-directory", "-S"]);
  if (args.has("-d", "--directory")) {
    for (const word of args.operands) {
      command.shell.produce(command.shell.path(word), Production.Directory, command.place);
    }
  } else {
    copy(command, args);
  }
}

function link({ words, place, shell }: RunCommand): void {
  const args = parseArguments(words.slice(1), ["-t", "--target-directory", "-S"]);
  const into = args.value("-t", "--target-directory");
  const targets = into === null && args.operands.length > 1 ? args.operands.slice(0, -1) : args.operands;
  const last = into === null ? (args.operands.length > 1 ? args.operands.at(-1) : ".") : `${into}/`;
  for (const target of targets) {
    if (target === null) continue;
    const path = shell.destination(last ?? null, target);
    if (path === null) continue;
    // The target of a symbolic link is seen from the folder that the link is in.
    const seen = target.startsWith("/") ? target : posix.join(posix.dirname(path), target);
    shell.draft.remove(path);
    shell.produce(path, Production.Link, place, shell.path(args.has("-s", "--symbolic") ? seen : target));
  }
}

function remove({ words, shell }: RunCommand): void {
  for (const word of parseArguments(words.slice(1)).operands) {
    const path = shell.path(word);
    if (path !== null && path !== "/") shell.draft.remove(path);
  }
}

/** A file that is edited where it is has a content that is known only on the host. */
function editInPlace({ words, shell, place }: RunCommand): void {
  const inPlace = words.some((word) => word !== null && /^(-\w*i|--in-place)/.test(word));
  if (!inPlace) return;
  for (const word of words.slice(1)) {
    const path = shell.path(word);
    const file = path === null ? undefined : shell.draft.file(path);
    if (file) shell.draft.write({ ...file, content: null, sourceLine: null, place });
  }
}
