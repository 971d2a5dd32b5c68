import type { FunctionTable, Property, PropertyTable, ResourceTable } from "../table";

const text: Property = { type: "string" };
const texts: Property = { type: { list: "string" } };

/** Which of a command's outputs are shown in the engine's log: enumeration `Logging` of the published package. */
export const loggingChoices = ["stdout", "stderr", "stdoutAndStderr", "none"] as const;

const logging: Property = { type: { choices: loggingChoices } };
const addPreviousOutputInEnv: Property = { type: "boolean", default: true };
const triggers: Property = { type: { list: "any" }, replaces: true };

const lifecycle: PropertyTable = { create: text, update: text, delete: text, triggers };

const execution: PropertyTable = {
  addPreviousOutputInEnv,
  environment: { type: { map: "string" } },
  logging,
  stdin: text,
};

const localExecution: PropertyTable = {
  ...execution,
  archivePaths: texts,
  assetPaths: texts,
  dir: text,
  interpreter: texts,
};

const output = { stdout: { type: "string", required: true }, stderr: { type: "string", required: true } } as const;

const files = { archive: { type: "archive" }, assets: { type: { map: "asset" } } } as const;

/** One way to a server by SSH. */
const endpoint: PropertyTable = {
  agentSocketPath: text,
  dialErrorLimit: { type: "integer", default: 10 },
  host: { type: "string", required: true },
  hostKey: text,
  password: { type: "string", secret: true },
  perDialTimeout: { type: "integer", default: 15 },
  port: { type: "number", default: 22 },
  privateKey: { type: "string", secret: true },
  privateKeyPassword: { type: "string", secret: true },
  user: { type: "string", default: "root" },
};

const connection: Property = {
  type: { object: { ...endpoint, proxy: { type: { object: endpoint } } } },
  required: true,
  secret: true,
};

/** `command:local:Command`. */
export const localCommandTable: ResourceTable = {
  inputs: { ...lifecycle, ...localExecution },
  outputs: { ...output, ...files },
};

/** `command:local:run`. */
export const localRunTable: FunctionTable = {
  inputs: { command: { type: "string", required: true }, ...localExecution },
  outputs: { ...output, ...files },
};

/** `command:remote:Command`. */
export const remoteCommandTable: ResourceTable = {
  inputs: { ...lifecycle, ...execution, connection },
  outputs: output,
};

/** `command:remote:CopyToRemote`. */
export const copyToRemoteTable: ResourceTable = {
  inputs: {
    connection,
    remotePath: { type: "string", required: true },
    source: { type: "assetOrArchive", required: true },
    triggers,
  },
  outputs: {},
};

/** `command:remote:CopyFile`, the older form of CopyToRemote. It cannot be updated, so every change means a new one. */
export const copyFileTable: ResourceTable = {
  inputs: {
    connection: { ...connection, replaces: true },
    localPath: { type: "string", required: true, replaces: true },
    remotePath: { type: "string", required: true, replaces: true },
    triggers,
  },
  outputs: {},
};
