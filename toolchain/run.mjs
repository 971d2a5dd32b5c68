#!/usr/bin/env node
// Starts Landfall's commands (`node toolchain/run.mjs up`). Plain JavaScript without dependencies, because it has to work
// in a fresh clone: it checks the version of Node.js, installs the node modules that package-lock.json names when they
// are not there, and hands over to toolchain/commands. Progress goes to stderr, so that stdout stays a command's own.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Longest time that installing node modules may take; about 15 s are usual, slow mirrors need minutes. */
const installTimeoutMs = 10 * 60_000;

/**
 * What is wrong with this version of Node.js, or undefined.
 * @param {string} version as in process.versions.node, e.g. `20.19.0`
 * @param {string} range as in package.json's engines.node, of the form `>=20.19.0`
 * @returns {string | undefined}
 */
export function nodeProblem(version, range) {
  const wanted = range.replace(/^>=\s*/, "");
  const [have, need] = [version, wanted].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  for (const index of [0, 1, 2]) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference > 0) return undefined;
    if (difference < 0) return `Node.js ${version} is too old; Landfall needs ${wanted} or newer`;
  }
  return undefined;
}

/** File that remembers which package-lock.json the node modules were installed from. */
const stampFile = (root) => path.join(root, "node_modules", ".landfall-lock");

const digestOf = (...texts) => texts.reduce((hash, text) => hash.update(text), createHash("sha256")).digest("hex");

const lockDigest = (root) => digestOf(readFileSync(path.join(root, "package-lock.json")));

/**
 * Whether the node modules are those of package-lock.json.
 * @param {string} root the checkout
 * @returns {"ready" | "missing" | "changed"}
 */
export function modulesState(root) {
  if (!existsSync(path.join(root, "node_modules", ".package-lock.json"))) return "missing";
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8").trim() === lockDigest(root)) return "ready";
  return installedAsLocked(root) ? "ready" : "changed";
}

/** Somebody who ran `npm ci` by hand has no stamp, but npm's own record of what it installed says the same. */
function installedAsLocked(root) {
  const packages = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  const locked = packages("package-lock.json");
  const installed = packages("node_modules/.package-lock.json");
  return (
    Object.entries(locked).every(([place, entry]) =>
      place === "" || (entry.optional && !installed[place])
        ? true
        : installed[place]?.version === entry.version && installed[place]?.integrity === entry.integrity,
    ) && Object.keys(installed).every((place) => place in locked)
  );
}

/**
 * Remembers that the node modules are those of package-lock.json.
 * @param {string} root the checkout
 */
export function stampModules(root) {
  writeFileSync(stampFile(root), `${lockDigest(root)}\n`);
}

/** @param {string} text */
const progress = (text) => process.stderr.write(`${"node modules".padEnd(16)}${text}\n`);

/**
 * Installs the node modules unless they are there.
 * @param {string} root the checkout
 */
async function ensureModules(root) {
  const state = modulesState(root);
  if (state === "ready") {
    if (!existsSync(stampFile(root))) stampModules(root);
    return;
  }
  const count = Object.keys(JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages).length - 1;
  const why = state === "changed" ? "package-lock.json changed; " : "";
  progress(`${why}installing ${count} packages with npm ci ...`);
  const start = Date.now();
  await npmCi(root);
  stampModules(root);
  progress(`installed in ${Math.round((Date.now() - start) / 1000)} s`);
}

/** What npm says first is the reason; its usage, and what installs print after they failed, would bury it. */
function reasonOf(output) {
  const [said] = output.split(/^npm error Clean install a project$/m);
  const lines = said.split("\n").filter((line) => line.trim() !== "" && line.trim() !== "npm error");
  return lines.slice(0, 20).join("\n");
}

/** Runs `npm ci`; a failure carries npm's own words. */
function npmCi(root) {
  // Under `npm run` this is the npm that started us, which need not be the one on PATH.
  const npm = process.env.npm_execpath;
  const [program, first] = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ["npm", []];
  const args = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: installTimeoutMs });
    let output = "";
    const keep = (chunk) => (output += chunk);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => reject(new Error(`npm cannot be started: ${error.message}; it comes with Node.js`)));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const reason = signal
        ? `stopped by ${signal} (at most ${installTimeoutMs / 60_000} minutes)`
        : `exit status ${code}`;
      reject(new Error(`npm ci failed, ${reason}; repeat the command when the reason is mended\n${reasonOf(output)}`));
    });
  });
}

/**
 * Runs a command.
 * @param {string} root the checkout
 * @param {string[]} argv name of the command and its arguments
 * @returns {Promise<number>} exit status
 */
async function main(root, argv) {
  const { engines } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const problem = nodeProblem(process.versions.node, engines.node);
  if (problem) throw new Error(problem);
  await ensureModules(root);
  const require = createRequire(path.join(root, "package.json"));
  require(path.join(root, "components", "from-sources.cjs"));
  return require(path.join(root, "toolchain", "commands", "main.ts")).main(argv);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
  process.chdir(root);
  try {
    process.exitCode = await main(root, process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
