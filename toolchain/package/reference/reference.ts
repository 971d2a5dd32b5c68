import * as fs from "node:fs";
import * as path from "node:path";

import { describeProblems } from "../../../components/app/problem";
import { referenceProblems } from "./check";
import { readEntries } from "./read";
import { type Page, renderPages } from "./render";

/** Where the pages are, from the checkout. */
const folder = "docs/reference";

/**
 * The reference of a checkout's library, from its doc comments.
 *
 * @throws Error with everything that lacks a description, a default or an example
 */
export function referencePages(checkout: string): Page[] {
  const entries = new Map(readEntries(path.join(checkout, "components/index.ts")).map((entry) => [entry.name, entry]));
  const problems = referenceProblems(entries);
  if (problems.length) throw new Error(describeProblems("the library's doc comments", problems));
  return renderPages(entries);
}

/** Writes the pages; removes those that there are no more. */
export function writeReference(checkout: string): void {
  const target = path.join(checkout, folder);
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const { file, text } of referencePages(checkout)) fs.writeFileSync(path.join(target, file), text);
}

/** The files, from the checkout, that are not as the doc comments have it. */
export function staleReference(checkout: string): string[] {
  const pages = new Map(referencePages(checkout).map(({ file, text }) => [file, text]));
  const target = path.join(checkout, folder);
  const there = fs.existsSync(target) ? fs.readdirSync(target) : [];
  const names = new Set([...pages.keys(), ...there]);
  return [...names]
    .filter((file) => !there.includes(file) || fs.readFileSync(path.join(target, file), "utf8") !== pages.get(file))
    .map((file) => `${folder}/${file}`)
    .sort();
}
