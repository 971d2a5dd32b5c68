import { readFileSync } from "node:fs";
import { describeProblems, Problem } from "../../components/app/problem";
import { Input, readInput } from "../input/input";
import { InputError } from "../input/input-error";
import { readYaml } from "../input/yaml-file";
import { rules } from "../rules";
import { defaultSettings, readSettings, Settings } from "../settings";
import { readWaiversFile } from "../waivers/read-file";
import { PlacedWaiver } from "../waivers/waiver";
import { CheckOptions } from "./options";

/** All that a check was given, read. */
export interface Given {
  readonly inputs: readonly Input[];
  readonly settings: Settings;
  readonly waivers: readonly PlacedWaiver[];
}

/**
 * Reads all that the command line names.
 *
 * @throws {InputError} with everything that is wrong, when anything is
 */
export function readGiven(options: CheckOptions): Given {
  const faults: string[] = [];
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(error.message);
      return otherwise;
    }
  };
  const given = {
    inputs: options.paths.flatMap((path) => attempt(() => [readInput(path)], [])),
    settings: attempt(() => settingsFrom(options.settings), defaultSettings),
    waivers: attempt(() => waiversFrom(options.waivers), []),
  };
  if (faults.length > 0) throw new InputError(faults.join("\n"));
  return given;
}

function settingsFrom(file: string | undefined): Settings {
  if (file === undefined) return defaultSettings;
  const { data, problems: syntax } = readYaml(textOf(file));
  refuse(file, syntax);
  const { settings, problems } = readSettings(data);
  refuse(file, problems);
  return settings;
}

function waiversFrom(file: string | undefined): readonly PlacedWaiver[] {
  if (file === undefined) return [];
  const ruleIds = rules.map(({ id }) => id);
  const { waivers, problems } = readWaiversFile(textOf(file), file, ruleIds);
  refuse(file, problems);
  return waivers;
}

function refuse(file: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InputError(describeProblems(file, problems));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${file}  cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
