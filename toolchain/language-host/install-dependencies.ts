import type { ServerWritableStream } from "@grpc/grpc-js";
import { InstallDependenciesRequest, InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb";
import * as fs from "node:fs";
import * as path from "node:path";

import { start } from "./child-program";
import { packageRoot } from "./installed-packages";
import { runtimeOptions } from "./runtime-options";

/** Installs the packages of a program, streaming the installer's output; packages that are there are left alone. */
export async function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): Promise<void> {
  const info = call.request.getInfo();
  const folder = packageRoot(info?.getProgramDirectory() || call.request.getDirectory());
  if (folder === undefined || fs.existsSync(path.join(folder, "node_modules"))) {
    call.end();
    return;
  }
  const { packageManager } = runtimeOptions(info?.getOptions());
  const args = installArguments(packageManager, folder);
  const { child, ending } = start(packageManager, args, {
    cwd: folder,
    env: process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", (data: Buffer) => call.write(output("setStdout", data)));
  child.stderr?.on("data", (data: Buffer) => call.write(output("setStderr", data)));
  const { code, signal } = await ending;
  if (code !== 0) {
    throw new Error(`${packageManager} ${args.join(" ")} in ${folder} ended with ${signal ?? `exit code ${code}`}`);
  }
  call.end();
}

/** With a lock file npm installs exactly what it says (`ci`), which is also what a second machine would get. */
function installArguments(packageManager: string, folder: string): string[] {
  const exact = packageManager === "npm" && fs.existsSync(path.join(folder, "package-lock.json"));
  return [exact ? "ci" : "install"];
}

function output(kind: "setStdout" | "setStderr", data: Buffer): InstallDependenciesResponse {
  const result = new InstallDependenciesResponse();
  result[kind](data);
  return result;
}
