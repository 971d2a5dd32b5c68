import type { ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";

import { runnerOf, start } from "./child-program";
import { type RuntimeOptions, runtimeOptions } from "./runtime-options";

/** Time that a plugin has to end by itself once the engine does not want it any more. */
const patienceMilliseconds = 3000;

/** Runs a plugin (a policy pack, a provider of components) until it ends or the engine hangs up, and streams its output. */
export async function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): Promise<void> {
  const request = call.request;
  const directory = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const options = runtimeOptions(request.getInfo()?.getOptions());
  const policyPack = request.getKind() === "analyzer";
  const { child, ending } = start(process.execPath, pluginArguments(request, directory, policyPack, options), {
    // A policy pack finds its own packages and settings from its own folder, whatever project is being looked at.
    cwd: policyPack ? directory : request.getPwd(),
    env: pluginEnvironment(request, options),
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", (data: Buffer) => call.write(message("setStdout", data)));
  child.stderr?.on("data", (data: Buffer) => call.write(message("setStderr", data)));
  call.on("cancelled", () => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), patienceMilliseconds).unref();
  });

  const { code } = await ending;
  const last = new RunPluginResponse();
  // A plugin that was ended by a signal has no code of its own; anything but 0 tells the engine.
  last.setExitcode(code ?? 1);
  call.write(last);
  call.end();
}

function pluginArguments(
  request: RunPluginRequest,
  directory: string,
  policyPack: boolean,
  options: RuntimeOptions,
): string[] {
  return policyPack
    ? [...options.nodeArguments, runnerOf(directory, "cmd/run-policy-pack"), ...request.getArgsList(), "."]
    : [...options.nodeArguments, runnerOf(directory, "cmd/run-plugin"), directory, ...request.getArgsList()];
}

function pluginEnvironment(request: RunPluginRequest, options: RuntimeOptions): NodeJS.ProcessEnv {
  const given = request.getEnvList().map((entry): [string, string] => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  return {
    ...process.env,
    ...Object.fromEntries(given),
    ...(options.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

function message(kind: "setStdout" | "setStderr", data: Buffer): RunPluginResponse {
  const result = new RunPluginResponse();
  result[kind](data);
  return result;
}
