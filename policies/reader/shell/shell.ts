import { posix } from "node:path";
import { HostDraft } from "../draft";
import { Production, ReadFile } from "../host-view";
import { limits } from "../limits";
import { absolutePath } from "../paths";
import { Place, placeIn } from "../place";
import { actionOf } from "./actions";
import { expandWord, expandWords, Variables } from "./expand";
import { statementsOf } from "./lexer";
import { opaqueBecause, shellScriptIn, withoutPrivileges, withoutWrappers } from "./programs";
import { Redirect, Statement, Word } from "./statement";

/** A script, and where its lines stand. */
export interface Script {
  readonly content: string;
  readonly placeOf: (line: number) => Place;
}

/** What a command writes to its standard output, as far as it can be told; null when it cannot. */
type Output = string | null;

/**
 * Runs the commands of shell scripts on a draft, as far as what they do can be told from their words. State lasts between
 * scripts, as it does between the items of cloud-init's `runcmd`.
 */
export class Shell {
  /** The folder that relative paths are seen from; null when it is not known. */
  folder: string | null = "/";
  private readonly variables: Variables = new Map();
  private readonly subshells: (string | null)[] = [];

  constructor(
    readonly draft: HostDraft,
    private readonly depth = 0,
  ) {}

  runScript(script: Script): void {
    if (!this.draft.takesScript(script.content.length, script.placeOf(1))) return;
    for (const statement of statementsOf(script.content)) {
      if (statement.kind === "command") this.runStatement(statement, script);
      else if (statement.kind === "(") this.subshells.push(this.folder);
      else this.folder = this.subshells.length > 0 ? (this.subshells.pop() ?? null) : this.folder;
    }
  }

  /** Runs a program with these arguments, which no shell has a part in. */
  runWords(
    given: readonly (string | null)[],
    place: Place,
    redirects: readonly Redirect[] = [],
    isPiped = false,
  ): void {
    const words = withoutWrappers(given);
    if (words.length === 0) return;
    if (this.draft.commands.length >= limits.commands) {
      if (this.draft.commands.length === limits.commands) {
        this.draft.unread(place, `there are more than the ${limits.commands} commands that are read`);
        this.draft.commands.push({ words, place });
      }
      return;
    }
    this.draft.commands.push({ words: withoutPrivileges(given), place });
    const action = actionOf(words);
    if (action) action({ words, place, shell: this, input: inputOf(redirects, this.variables) });
    else this.runUnknown(words, place, isPiped);
  }

  /** A path as the command means it; null when it is not known. */
  path(word: string | null): string | null {
    if (word === null) return null;
    if (word.startsWith("/")) return absolutePath(word);
    if (word === "~" || word.startsWith("~/")) return absolutePath(`/root${word.slice(1)}`);
    return this.folder === null ? null : absolutePath(word, this.folder);
  }

  /** Where something named `name` comes to lie that is put to `target`: in it, when it is a folder. */
  destination(target: string | null, name: string): string | null {
    const path = this.path(target);
    if (path === null || target === null) return null;
    const isFolder = /(^|\/)\.{0,2}$/.test(target) || this.draft.isFolder(path) || wellKnownFolders.has(path);
    return isFolder ? absolutePath(posix.basename(name), path) : path;
  }

  /** Notes that a path comes to be there. */
  produce(path: string | null, how: Production, place: Place, target: string | null = null): void {
    if (path !== null) this.draft.produce({ path, how, target, place });
  }

  /** Writes what a command puts out into a file. */
  write(path: string, output: Output, place: Place, { appends, line }: { appends: boolean; line: Place | null }): void {
    const file: ReadFile = {
      path,
      content: output,
      mode: null,
      owner: null,
      place,
      sourceLine: line?.sourceLine ?? null,
    };
    if (appends) this.draft.append(file);
    else this.draft.write(file);
  }

  /** Runs a script that lies on the host, or is given to a shell as text. */
  runInner(script: Script, place: Place, isOwnProcess: boolean): void {
    if (this.depth >= limits.nesting) {
      this.draft.unread(place, `scripts run one another more than ${limits.nesting} deep`);
      return;
    }
    const inner = new Shell(this.draft, this.depth + 1);
    inner.folder = this.folder;
    for (const [name, value] of this.variables) inner.variables.set(name, value);
    inner.runScript(script);
    if (isOwnProcess) return;
    this.folder = inner.folder;
    for (const [name, value] of inner.variables) this.variables.set(name, value);
  }

  setVariable(name: string, value: string | null): void {
    this.variables.set(name, value !== null && value.length > limits.variableLength ? null : value);
  }

  private runStatement(statement: Statement & { kind: "command" }, script: Script): void {
    const place = script.placeOf(statement.line);
    let { words } = statement;
    const assigned = words.findIndex((word) => assignment(word) === null);
    for (const word of words.slice(0, assigned < 0 ? words.length : assigned)) {
      const variable = assignment(word);
      // Before a command, a variable is for that command alone; noting it nevertheless does no harm.
      if (variable) this.setVariable(variable.name, expandWord(variable.value, this.variables));
    }
    words = assigned < 0 ? [] : words.slice(assigned);
    const expanded = expandWords(words, this.variables);
    this.redirect(statement.redirects, expanded, place, script, statement.line);
    this.runWords(expanded, place, statement.redirects, statement.piped);
  }

  /** Files that a command's output goes to. */
  private redirect(
    redirects: readonly Redirect[],
    words: readonly (string | null)[],
    place: Place,
    script: Script,
    line: number,
  ): void {
    const writing = redirects.filter(({ operator }) => /^(&?>>?|>\|)$/.test(operator));
    if (writing.length === 0) return;
    const output = outputOf(words, inputOf(redirects, this.variables));
    const hasBody = redirects.some(({ body }) => body !== null);
    for (const { operator, target } of writing) {
      const path = this.path(expandWord(target, this.variables));
      if (path === null || path.startsWith("/dev/")) continue;
      this.write(path, output, place, {
        appends: operator.endsWith(">>"),
        line: hasBody ? script.placeOf(line + 1) : null,
      });
    }
  }

  private runUnknown(words: readonly (string | null)[], place: Place, isPiped: boolean): void {
    const script = shellScriptIn(words, (word) => this.path(word));
    if (script?.text !== undefined) {
      this.runInner({ content: script.text, placeOf: () => place }, place, true);
      return;
    }
    const file = script?.path === undefined ? undefined : this.draft.file(script.path);
    if (script && typeof file?.content === "string" && isShellScript(file.content, script.isSure)) {
      this.runInner({ content: file.content, placeOf: (line) => placeIn(file, line) }, place, !script.isSourced);
      return;
    }
    const what = opaqueBecause(words, isPiped, script !== undefined);
    if (what !== null) this.draft.opaque.push({ what, place });
  }
}

/** Folders that are on every host that things are put into, though nothing here makes them. */
const wellKnownFolders = new Set([
  "/etc",
  "/etc/nginx",
  "/etc/nginx/conf.d",
  "/etc/nginx/sites-available",
  "/etc/nginx/sites-enabled",
  "/etc/nginx/modules-enabled",
  "/etc/nginx/snippets",
  "/etc/systemd/system",
  "/etc/systemd/system/multi-user.target.wants",
  "/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/home",
  "/opt",
  "/root",
  "/srv",
  "/tmp",
  "/usr/local/bin",
  "/usr/bin",
  "/var/www",
  "/var/www/html",
]);

/** Whether a file is a script for a shell: its first line says so, or a shell was told to run it. */
function isShellScript(content: string, isSure: boolean): boolean {
  const interpreter = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(content);
  if (!interpreter) return isSure;
  const program = posix.basename(interpreter[1] ?? "");
  return /^(ba|da|k|z|a)?sh$/.test(program === "env" ? posix.basename(interpreter[2] ?? "") : program);
}

function assignment(word: Word | undefined): { name: string; value: Word } | null {
  const first = word?.[0];
  if (word === undefined || typeof first !== "string") return null;
  const match = /^([A-Za-z_]\w*)=/.exec(first);
  return match?.[1] === undefined ? null : { name: match[1], value: [first.slice(match[0].length), ...word.slice(1)] };
}

/** What a command reads from a here-document or a here-string; undefined when there is none, null when it is not known. */
function inputOf(redirects: readonly Redirect[], variables: Variables): string | null | undefined {
  const given = redirects.filter(({ operator }) => operator.startsWith("<<")).at(-1);
  if (given === undefined) return undefined;
  if (given.operator === "<<<") {
    const text = expandWord(given.target, variables);
    return text === null ? null : `${text}\n`;
  }
  return given.body === null ? null : expandWord(given.body, variables);
}

/** What a command writes, of the few whose output is in their words. */
function outputOf(words: readonly (string | null)[], input: string | null | undefined): Output {
  const [program, ...rest] = withoutWrappers(words);
  if (program === undefined || (program === "cat" && rest.length === 0))
    return input ?? (program === undefined ? "" : null);
  if (program !== "echo" && program !== "printf") return null;
  if (rest.some((word) => word === null)) return null;
  const texts = rest.filter((word) => word !== null);
  if (program === "echo") {
    if (/^-[neE]+$/.test(texts[0] ?? "")) return texts[0] === "-n" ? texts.slice(1).join(" ") : null;
    return `${texts.join(" ")}\n`;
  }
  const [format = "", ...values] = texts;
  if (format === "%s\n" || format === "%s\\n") return values.map((value) => `${value}\n`).join("");
  return values.length === 0 && !/[%\\]/.test(format.replaceAll("\\n", "")) ? format.replaceAll("\\n", "\n") : null;
}
