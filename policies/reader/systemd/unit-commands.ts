import { posix } from "node:path";
import { ReadCommand } from "../host-view";
import { Place } from "../place";
import { parseArguments } from "../shell/arguments";
import { programName } from "../shell/programs";

/** What a command does to units. */
export const UnitVerb = {
  Enable: "enable",
  Disable: "disable",
  Start: "start",
  Stop: "stop",
  Mask: "mask",
  Unmask: "unmask",
} as const;
export type UnitVerb = (typeof UnitVerb)[keyof typeof UnitVerb];

/** One step of a command: what it does, to which unit. */
export interface UnitStep {
  readonly verb: UnitVerb;
  /** e.g. `app.service`; null when it is known only on the host. */
  readonly name: string | null;
  /** The unit's file, where the command names that in place of a unit. */
  readonly path: string | null;
  readonly place: Place;
}

/** What systemctl's verbs come to; `link` only makes a unit known. */
const verbs: Readonly<Record<string, readonly UnitVerb[]>> = {
  enable: [UnitVerb.Enable],
  reenable: [UnitVerb.Enable],
  preset: [UnitVerb.Enable],
  link: [],
  disable: [UnitVerb.Disable],
  start: [UnitVerb.Start],
  restart: [UnitVerb.Start],
  "reload-or-restart": [UnitVerb.Start],
  stop: [UnitVerb.Stop],
  kill: [UnitVerb.Stop],
  mask: [UnitVerb.Mask],
  unmask: [UnitVerb.Unmask],
};

/** With `--now`, these also act at once. */
const atOnce: Partial<Record<UnitVerb, UnitVerb>> = {
  [UnitVerb.Enable]: UnitVerb.Start,
  [UnitVerb.Disable]: UnitVerb.Stop,
  [UnitVerb.Mask]: UnitVerb.Stop,
};

const valued = [
  "-t",
  "--type",
  "-H",
  "--host",
  "-M",
  "--machine",
  "-p",
  "-n",
  "-o",
  "-s",
  "--root",
  "--state",
  "--job-mode",
];

/** What a command does to units, in the order in which it does it. */
export function unitSteps({ words, place }: ReadCommand): UnitStep[] {
  const [first, ...rest] = words;
  if (typeof first !== "string") return [];
  switch (programName(first)) {
    case "systemctl":
      return systemctl(rest, place);
    case "service":
    case "invoke-rc.d":
    case "rc-service":
      return named(rest[0], rest[1], place);
    case "update-rc.d":
    case "chkconfig":
      return named(rest[0], rest[1] === "defaults" || rest[1] === "on" ? "enable" : rest[1], place);
    default:
      return [];
  }
}

function systemctl(words: readonly (string | null)[], place: Place): UnitStep[] {
  const args = parseArguments(words, valued);
  // Units of users are none of the host's.
  if (args.has("--user", "--global")) return [];
  const [verb, ...units] = args.operands;
  const done = typeof verb === "string" && Object.hasOwn(verbs, verb) ? (verbs[verb] ?? []) : [];
  const all = args.has("--now") ? done.flatMap((one) => [one, ...(atOnce[one] ? [atOnce[one]] : [])]) : done;
  return units.flatMap((unit) => all.map((one) => step(one, unit, place)));
}

function named(unit: string | null | undefined, verb: string | null | undefined, place: Place): UnitStep[] {
  const done = typeof verb === "string" && Object.hasOwn(verbs, verb) ? (verbs[verb] ?? []) : [];
  return done.map((one) => step(one, unit ?? null, place));
}

function step(verb: UnitVerb, unit: string | null, place: Place): UnitStep {
  const name = unit === null ? null : posix.basename(unit);
  const hasType = name !== null && /\.[a-z]+$/.test(name);
  return {
    verb,
    name: name === null || hasType ? name : `${name}.service`,
    path: unit?.startsWith("/") ? unit : null,
    place,
  };
}

/** Whether a command starts the machine anew. */
export function reboots({ words }: ReadCommand): boolean {
  const [first, ...rest] = words;
  const name = typeof first !== "string" ? "" : programName(first);
  return (
    name === "reboot" ||
    (name === "shutdown" && rest.some((word) => word === "-r" || word === "--reboot")) ||
    (name === "systemctl" && rest.includes("reboot"))
  );
}
