import { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";

import { type Ending, runnerOf, start } from "./child-program";
import { type RuntimeOptions, runtimeOptions } from "./runtime-options";

/** The exit code by which `cmd/run` says that the user has seen the error already. */
const errorWasShown = 32;

/** Runs a Pulumi program to its end and says how it ended. */
export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const options = runtimeOptions(info?.getOptions());
  const { ending } = start(process.execPath, programArguments(request, engineAddress, directory, options), {
    cwd: directory,
    env: programEnvironment(request, options),
    // The engine shows the host's own output as the program's; its standard input is the engine's pipe.
    stdio: ["ignore", "inherit", "inherit"],
  });
  return response(await ending);
}

function programArguments(
  request: RunRequest,
  engineAddress: string,
  directory: string,
  options: RuntimeOptions,
): string[] {
  const info = request.getInfo();
  const named: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    ...options.nodeArguments,
    runnerOf(directory, "cmd/run"),
    ...Object.entries(named).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

/** Configuration travels in the environment: arguments of a process can be read by every user of the machine. */
function programEnvironment(request: RunRequest, options: RuntimeOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

function response({ code, signal }: Ending): RunResponse {
  const result = new RunResponse();
  if (code === errorWasShown) {
    result.setBail(true);
  } else if (signal !== null) {
    result.setError(`the program was ended by signal ${signal}`);
  } else if (code !== 0) {
    result.setError(`the program ended with exit code ${code}`);
  }
  return result;
}
