import { readFileSync, statSync } from "node:fs";
import { Graph, graphOf } from "../graph/graph";
import { readNginx } from "../reader/read-nginx";
import { readPlan } from "../reader/read-plan";
import { readUserData } from "../reader/read-user-data";
import { ConfigurationFile, configurationFiles } from "./configuration-folder";
import { exportedResources, previewResources } from "./engine-state";
import { InputError } from "./input-error";

/** What can be checked. */
export const InputKind = {
  /** Output of `pulumi preview --json`. */
  Preview: "preview",
  /** Output of `pulumi stack export`. */
  State: "state",
  /** A host plan of Landfall's, as JSON. */
  Plan: "plan",
  UserData: "user data",
  /** A folder with nginx's configuration, or one file of it. */
  Nginx: "nginx",
} as const;
export type InputKind = (typeof InputKind)[keyof typeof InputKind];

/** What was read from a file or folder. */
export interface Input {
  /** Its path as it was given. */
  readonly path: string;
  readonly kind: InputKind;
  /** Whether it is a folder, so that findings name files in it. */
  readonly isFolder: boolean;
  readonly graph: Graph;
}

/** Largest file that is read, in bytes: states of large stacks have some 10 MB. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads what is to be checked, and finds out what it is.
 *
 * @throws {InputError} when it cannot be read, or is nothing that can be checked
 */
export function readInput(path: string): Input {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`${path}  does not exist; give a file or folder that is there`);
  const isFolder = stats.isDirectory();
  try {
    if (stats.size > largestFile) throw new InputError(`has ${stats.size} bytes; at most ${largestFile} are read`);
    return { path, isFolder, ...(isFolder ? nginx(configurationFiles(path), path) : readFile(path)) };
  } catch (error) {
    throw new InputError(`${path}  ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Content = Pick<Input, "kind" | "graph">;

function readFile(path: string): Content {
  const content = readFileSync(path);
  const text = content.toString("utf8").replace(/^\uFEFF/, "");
  if (/^\s*[{[]/.test(text)) return readJson(text, path);
  if (path.endsWith(".conf")) return nginx([{ path: "nginx.conf", content: text }], path);
  // As bytes: user data may be compressed.
  return { kind: InputKind.UserData, graph: graphOf([], [readUserData(content, path)]) };
}

function readJson(text: string, path: string): Content {
  const data = parsed(text);
  if ("deployment" in data) return { kind: InputKind.State, graph: graphOf(exportedResources(data)) };
  if ("steps" in data || "changeSummary" in data) {
    return { kind: InputKind.Preview, graph: graphOf(previewResources(data)) };
  }
  if ("format" in data && "files" in data && "units" in data) {
    return { kind: InputKind.Plan, graph: graphOf([], [readPlan(text, path)]) };
  }
  throw new InputError(
    "is JSON, but no preview (pulumi preview --json --show-sames), state (pulumi stack export) or host plan; " +
      "make it again with one of them",
  );
}

function nginx(files: readonly ConfigurationFile[], source: string): Content {
  return { kind: InputKind.Nginx, graph: graphOf([], [readNginx(files, source)]) };
}

function parsed(text: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    // The message repeats some of the text, which may hold a secret; the place says as much.
    const place = error instanceof Error ? /position \d+(?: \(line \d+ column \d+\))?/.exec(error.message) : null;
    throw new InputError(`is not valid JSON${place ? ` at ${place[0]}` : ""}; it may be cut off: make it again`);
  }
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new InputError("is a list in JSON; give the output of one command as it is");
}
