import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Effect, PlannedFile } from "../plan";

/** The program that puts logs of several instances or machines together, on a host whose logs somebody has said a word about. */
export function mergeProgram(): PlannedFile {
  return {
    path: "/usr/local/bin/landfall-logs",
    content: readFileSync(join(__dirname, "landfall-logs.py"), "utf8"),
    mode: "0755",
    owner: "root",
    group: "root",
    change: { effect: Effect.None, units: [] },
  };
}
