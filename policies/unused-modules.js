/**
 * Modules that the runner of policy packs and the SDK load, and that no pack in JavaScript uses: TypeScript and ts-node,
 * for packs written in TypeScript, and npm's package tree, for the closures of programs. Loading them takes more than half
 * of a pack's start, and ts-node fails where a project has TypeScript 7. Empty modules take their place, and that of the
 * copies that the SDK itself has for projects without.
 */
const path = require("node:path");

const tsNode = { register() {} };
const stubs = {
  "ts-node": tsNode,
  "./vendor/ts-node@7.0.1": tsNode,
  typescript: {},
  "./vendor/typescript@3.8.3/typescript.js": {},
  "@npmcli/arborist": {},
};

const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
for (const [name, exports] of Object.entries(stubs)) {
  const file = resolved(name);
  if (file !== undefined && !(file in require.cache)) {
    require.cache[file] = Object.assign(new module.constructor(file, module), {
      filename: file,
      loaded: true,
      exports,
    });
  }
}

/** Undefined for a module that is not installed: then there is nothing to replace. */
function resolved(name) {
  try {
    return require.resolve(name, { paths: [sdk] });
  } catch {
    return undefined;
  }
}
