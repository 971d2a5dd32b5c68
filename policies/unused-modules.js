/**
 * Modules that Pulumi's runners and SDK load, and that neither the policy pack nor the programs of this checkout use.
 * Empty modules take their place, because loading them takes more than half of every start: TypeScript and ts-node, for
 * what is not transpiled yet (ts-node fails where a project has TypeScript 7); npm's package tree and the debugger, for
 * functions that become a cloud's own (closures, dynamic providers); the automation API, for programs that run Pulumi;
 * and OpenTelemetry's SDK, unless a trace was asked for.
 */
const path = require("node:path");

const tsNode = { register() {} };
const noClosures = () => {
  throw new Error("functions cannot be serialized here; see policies/unused-modules.js");
};
const isTraced = process.env.TRACEPARENT !== undefined || process.argv.includes("--tracing");
const stubs = {
  "ts-node": tsNode,
  "./vendor/ts-node@7.0.1": tsNode,
  typescript: {},
  "./vendor/typescript@3.8.3/typescript.js": {},
  "@npmcli/arborist": {},
  "normalize-package-data": {},
  "./automation/index.js": {},
  "./runtime/closure/v8Hooks.js": {
    isInitializedAsync: async () => {},
    getSessionAsync: noClosures,
    getScriptUrl: noClosures,
  },
  ...(!isTraced && {
    "@opentelemetry/exporter-zipkin": {},
    "@opentelemetry/instrumentation": {},
    "@opentelemetry/instrumentation-grpc": {},
    "@opentelemetry/resources": {},
    "@opentelemetry/sdk-trace-base": {},
    "@opentelemetry/sdk-trace-node": {},
  }),
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
