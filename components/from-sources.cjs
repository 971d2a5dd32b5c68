/**
 * Lets `require` load this checkout's TypeScript, transpiled once for each text of a file and kept in the cache by its
 * digest: no compiler and no type check delays a start, and nothing is ever out of date. Plain JavaScript, because it is
 * what everything else is loaded by. Not in the npm package, which has no TypeScript.
 */
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { homedir } = require("node:os");
const path = require("node:path");

const checkout = path.dirname(__dirname) + path.sep;
const modules = `${path.sep}node_modules${path.sep}`;

/** What is done to a text: part of the name of the result. */
const options = {
  swcrc: false,
  sourceMaps: true,
  module: { type: "commonjs" },
  jsc: { target: "es2022", parser: { syntax: "typescript" }, keepClassNames: true },
};

const before = require.extensions[".ts"];
require.extensions[".ts"] = (module, file) => {
  if (isOwn(file) || !before) module._compile(javascript(file), file);
  else before(module, file);
};

/**
 * Sources name each other without an ending, and Node.js looks for four others before `.ts`: hundreds of files that are not
 * there, at every start.
 */
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...more) {
  if (/^\.\.?\//.test(request) && parent?.filename?.endsWith(".ts") && isOwn(parent.filename)) {
    const file = `${path.join(parent.filename, "..", request)}.ts`;
    if (existsSync(file)) return file;
  }
  return resolve.call(this, request, parent, ...more);
};

/** The JavaScript of a TypeScript file of this checkout, with its source map; undefined for any other file. */
exports.transpiled = (file) => {
  if (!isOwn(file) || !file.endsWith(".ts")) return undefined;
  const map = Buffer.from(transpiled(file, ".js.map")).toString("base64");
  return `${javascript(file)}\n//# sourceMappingURL=data:application/json;base64,${map}`;
};

function isOwn(file) {
  return file.startsWith(checkout) && !file.slice(checkout.length - 1).includes(modules);
}

/** The text of a TypeScript file as JavaScript, without its source map: few starts need one, and all would read it. */
const javascript = (file) => transpiled(file, ".js");

/** What becomes of a TypeScript file: `.js` or `.js.map`. */
function transpiled(file, ending) {
  const text = readFileSync(file, "utf8");
  const { version } = require("@swc/core/package.json");
  const recipe = JSON.stringify([version, path.basename(file), options]);
  const digest = createHash("sha256").update(`${recipe}\0${text}`).digest("hex");
  const kept = path.join(cacheFolder(), digest.slice(0, 2), digest.slice(2, 32));
  try {
    return readFileSync(kept + ending, "utf8");
  } catch {
    const { code, map } = require("@swc/core").transformSync(text, { ...options, filename: path.basename(file) });
    keep(`${kept}.js`, code);
    keep(`${kept}.js.map`, map);
    return ending === ".js" ? code : map;
  }
}

/** Renamed into its place, so that another process never reads half of it. A cache that cannot be written is no fault. */
function keep(file, text) {
  try {
    const beside = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch {
    // The next start transpiles it again.
  }
}

/** The folder of everything that can be made again, as `components/host/cache-home.ts` has it. */
function cacheFolder() {
  const { LANDFALL_CACHE_HOME: own, XDG_CACHE_HOME: shared, HOME: home } = process.env;
  return path.join(own || path.join(shared || path.join(home || homedir(), ".cache"), "landfall"), "transpiled");
}
