/**
 * Loads the policies. In a checkout from the TypeScript beside this file, transpiled once and kept in the cache by the
 * digest of its text, so that neither a compiler nor a type check delays a start; in the npm package, which has no
 * TypeScript, as it was compiled.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** What is done to the text; another number makes the kept results useless. */
const recipe = 1;

const inCheckout = fs.existsSync(path.join(__dirname, "rule.ts"));

/** Loads a module by its path below `policies/`. */
exports.load = (name) => require(path.join(inCheckout ? __dirname : path.join(__dirname, "../dist/policies"), name));

if (inCheckout) {
  const checkout = path.dirname(__dirname) + path.sep;
  const before = require.extensions[".ts"];
  require.extensions[".ts"] = (module, file) => {
    const own = file.startsWith(checkout) && !file.includes(`${path.sep}node_modules${path.sep}`);
    if (own || !before) module._compile(javascript(file), file);
    else before(module, file);
  };
}

/** The text of a TypeScript file as JavaScript. */
function javascript(file) {
  const text = fs.readFileSync(file, "utf8");
  const digest = createHash("sha256")
    .update(`${recipe}\0${path.basename(file)}\0${text}`)
    .digest("hex");
  const kept = path.join(cacheFolder(), digest.slice(0, 2), `${digest.slice(2, 32)}.js`);
  try {
    return fs.readFileSync(kept, "utf8");
  } catch {
    return keep(kept, transpiled(text, file));
  }
}

function transpiled(text, file) {
  const { code } = require("@swc/core").transformSync(text, {
    filename: file,
    swcrc: false,
    sourceMaps: "inline",
    module: { type: "commonjs" },
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
  });
  return code;
}

/** Renamed into its place, so that another process never reads half of it. A cache that cannot be written is no fault. */
function keep(file, code) {
  try {
    const beside = `${file}.${process.pid}`;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(beside, code);
    fs.renameSync(beside, file);
  } catch {
    return code;
  }
  return code;
}

function cacheFolder() {
  const { LANDFALL_CACHE_HOME, XDG_CACHE_HOME, HOME } = process.env;
  return path.join(
    LANDFALL_CACHE_HOME || path.join(XDG_CACHE_HOME || path.join(HOME || os.homedir(), ".cache"), "landfall"),
    "transpiled",
  );
}
