import * as fs from "node:fs";

import type { PropertyMap, PropertyValue } from "../property/value";
import type { Function, Work } from "../provider";
import { commandResource } from "./command-resource";
import { isShown, LastLines, trimmed } from "./failed-command";
import { archiveOf, findAssets } from "./found-files";
import { runProcess } from "./local-process";
import { previousOutput } from "./previous-output";
import { localCommandTable, localRunTable } from "./tables";

/** `command:local:Command`: a command that runs on this machine when the resource is made, changed or deleted. */
export const localCommand = commandResource(localCommandTable, run);

/** `command:local:run`: runs a command each time that the program is run, at preview too. */
export const localRun: Function = {
  table: localRunTable,
  call: (args, work) => run(args["command"] as string, args, {}, work),
};

async function run(command: string, inputs: PropertyMap, state: PropertyMap, work: Work): Promise<PropertyMap> {
  const directory = (inputs["dir"] as string | undefined) ?? process.cwd();
  if (!fs.statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`dir: ${JSON.stringify(directory)} is not a directory; it is looked up from ${process.cwd()}`);
  }
  const [program, ...args] = interpreterOf(inputs);
  const last = new LastLines();
  const result = await runProcess({
    program,
    args: [...args, command],
    directory,
    environment: {
      ...process.env,
      ...(inputs["environment"] as Record<string, string> | undefined),
      ...previousOutput(inputs, state),
    },
    input: inputs["stdin"] as string | undefined,
    signal: work.signal,
    onLine: (stream, line) => {
      if (!isShown(inputs, stream)) return;
      last.add(line);
      work.progress(line);
    },
  });
  if (result.failure !== undefined) throw last.error(command, result.failure, inputs);
  return {
    stdout: trimmed(result.stdout),
    stderr: trimmed(result.stderr),
    ...(await filesOf(directory, inputs)),
  };
}

function interpreterOf(inputs: PropertyMap): [string, ...string[]] {
  const given = inputs["interpreter"] as readonly string[] | undefined;
  if (given !== undefined && given.length > 0) return [...given] as [string, ...string[]];
  return process.platform === "win32" ? ["cmd", "/C"] : ["/bin/sh", "-c"];
}

async function filesOf(directory: string, inputs: PropertyMap): Promise<Record<string, PropertyValue>> {
  const assetPaths = inputs["assetPaths"] as readonly string[] | undefined;
  const archivePaths = inputs["archivePaths"] as readonly string[] | undefined;
  return {
    ...(assetPaths ? { assets: await findAssets(directory, assetPaths) } : {}),
    ...(archivePaths ? { archive: archiveOf(await findAssets(directory, archivePaths)) } : {}),
  };
}
