import { readFileSync } from "node:fs";
import { join } from "node:path";

import { sha256 } from "../digest";

/** The modules of the program, each after those it takes something from. */
export const applyModules = [
  "paths",
  "atomic",
  "canonical",
  "report",
  "command",
  "signature",
  "aws",
  "parameters",
  "store",
  "state",
  "packages",
  "downloads",
  "accounts",
  "environments",
  "releases",
  "target",
  "credentials",
  "proofs",
  "tunnel",
  "units",
  "volume",
  "changes",
  "staging",
  "greeting",
  "health",
  "webserver",
  "certificate_names",
  "certificates",
  "switch",
  "cleaning",
  "lifecycle",
  "main",
] as const;

/** Imports among the modules: needless once all of them stand in one file. */
const ownImport = /^from landfall_\w+\.\w+ import (?:\([^)]*\)|.*)\n/gm;

/** A program in the store, named by its digest. */
export interface Program {
  text: string;
  /** SHA-256 of the text. */
  digest: string;
}

/** The program that applies host plans: the modules beside this file as one Python file, so that a host fetches one thing. */
export function applyProgram(): Program {
  const text = bundle(applyModules.map((name) => [name, moduleText(name)]));
  return { text, digest: sha256(text) };
}

/** The text of one of the program's modules. */
export function moduleText(name: string): string {
  return readFileSync(join(__dirname, "landfall_apply", `${name}.py`), "utf8");
}

/** Joins Python modules, given in order of their imports, into one. */
export function bundle(modules: readonly (readonly [name: string, text: string])[]): string {
  const sections = modules.map(([name, text]) => `# ---- ${name} ----\n${text.replace(ownImport, "")}`);
  return [`#!/usr/bin/python3\n`, ...sections].join("\n");
}
