/**
 * Loads the policies: in a checkout from the TypeScript beside this file, without a compiler or a type check at each
 * start; in the npm package, which has no TypeScript, as it was compiled.
 */
const fs = require("node:fs");
const path = require("node:path");

const inCheckout = fs.existsSync(path.join(__dirname, "rule.ts"));
if (inCheckout) require("../components/from-sources.cjs");

/** Loads a module by its path below `policies/`. */
exports.load = (name) => require(path.join(inCheckout ? __dirname : path.join(__dirname, "../dist/policies"), name));
