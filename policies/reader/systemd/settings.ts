import { Place } from "../place";
import { replaceSpecifiers } from "./specifiers";
import { ReadSetting, UnitView } from "./unit-view";
import { splitWords } from "./words";

/** The settings of a key that hold, in their order: an empty one takes back those before it. Specifiers are replaced. */
export function settings(unit: UnitView, section: string, key: string): ReadSetting[] {
  let found: ReadSetting[] = [];
  for (const setting of unit.settings) {
    if (setting.section !== section || setting.key !== key) continue;
    if (setting.value === "") found = [];
    else found.push({ ...setting, value: replaceSpecifiers(setting.value, unit.name) });
  }
  return found;
}

/** The setting of a key that takes one value: the last one. Null when there is none. */
export function lastSetting(unit: UnitView, section: string, key: string): ReadSetting | null {
  return settings(unit, section, key).at(-1) ?? null;
}

/** Words of all settings of a key, e.g. units in `After=`. */
export function settingWords(unit: UnitView, section: string, key: string): string[] {
  return settings(unit, section, key).flatMap(({ value }) => splitWords(value));
}

/** A command line such as `ExecStart=`. */
export interface CommandLine {
  /** Characters before the program that change how it is run: `-`, `@`, `:`, `+`, `!`, `|`. */
  readonly prefixes: string;
  /** Program first. */
  readonly words: readonly string[];
  readonly place: Place;
}

/** The command lines of a key of `[Service]`; one setting may have several, set apart by `;`. */
export function commandLines(unit: UnitView, key: string): CommandLine[] {
  return settings(unit, "Service", key).flatMap(({ value, place }) => {
    const lines: string[][] = [[]];
    for (const word of splitWords(value)) {
      if (word === ";") lines.push([]);
      else lines.at(-1)?.push(word);
    }
    return lines
      .filter((words) => words.length > 0)
      .map(([first = "", ...rest]) => {
        const prefixes = /^[-@:+!|]*/.exec(first)?.[0] ?? "";
        return { prefixes, words: [first.slice(prefixes.length), ...rest], place };
      });
  });
}
