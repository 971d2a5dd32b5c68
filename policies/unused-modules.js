/**
 * Modules that the runner of policy packs and the SDK load, and that no pack in JavaScript uses: TypeScript and ts-node,
 * for packs written in TypeScript, and npm's package tree, for the closures of programs. Loading them takes more than half
 * of a pack's start, and ts-node fails where a project has TypeScript 7. Empty modules take their place.
 */
const path = require("node:path");

const stubs = { "ts-node": { register() {} }, typescript: {}, "@npmcli/arborist": {} };

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
