import { accountActions } from "./account-actions";
import { fetchActions } from "./fetch-actions";
import { fileActions } from "./file-actions";
import { packageActions } from "./package-actions";
import { programName } from "./programs";
import type { Shell } from "./shell";
import { Place } from "../place";

/** A command that is run. */
export interface RunCommand {
  /** Program first; null for a word that is not known. */
  readonly words: readonly (string | null)[];
  readonly place: Place;
  readonly shell: Shell;
  /** What it reads from a here-document; undefined when there is none, null when it is not known. */
  readonly input: string | null | undefined;
}

/** What a program does to the host. */
export type Action = (command: RunCommand) => void;

const actions: Readonly<Record<string, Action>> = {
  ...fileActions,
  ...fetchActions,
  ...packageActions,
  ...accountActions,
};

/** What a command does, when it is one that is known; programs that change nothing of interest are not. */
export function actionOf(words: readonly (string | null)[]): Action | undefined {
  const name = typeof words[0] !== "string" ? "" : programName(words[0]);
  if (Object.hasOwn(actions, name)) return actions[name];
  // Versions such as `pip3.11` and `python3.12`.
  const unversioned = name.replace(/[\d.]+$/, "");
  return Object.hasOwn(actions, unversioned) ? actions[unversioned] : undefined;
}
