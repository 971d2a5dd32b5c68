import type { PropertyMap } from "../property/value";
import type { Work } from "../provider";
import { commandResource } from "./command-resource";
import { isShown, LastLines, trimmed } from "./failed-command";
import { previousOutput } from "./previous-output";
import { refusedVariables, runRemotely } from "./remote-process";
import { connect } from "./ssh-connection";
import { remoteCommandTable } from "./tables";

/** `command:remote:Command`: a command that runs on a server when the resource is made, changed or deleted. */
export const remoteCommand = commandResource(remoteCommandTable, run);

async function run(command: string, inputs: PropertyMap, state: PropertyMap, work: Work): Promise<PropertyMap> {
  const connection = await connect(inputs["connection"] as PropertyMap, work);
  try {
    const own = (inputs["environment"] as Record<string, string> | undefined) ?? {};
    const environment = { ...own, ...previousOutput(inputs, state) };
    const refused = await refusedVariables(connection.client, environment, work.signal);
    reportRefused(refused, own, work);
    const last = new LastLines();
    const result = await runRemotely(connection.client, {
      command,
      environment,
      input: inputs["stdin"] as string | undefined,
      signal: work.signal,
      onLine: (stream, line) => {
        if (!isShown(inputs, stream)) return;
        last.add(line);
        work.progress(line);
      },
    });
    if (result.failure !== undefined) throw last.error(command, result.failure, inputs);
    return { stdout: trimmed(result.stdout), stderr: trimmed(result.stderr) };
  } finally {
    connection.close();
  }
}

/** A command must not run without a variable that the program asks for; the output of the run before is a mere offer. */
function reportRefused(refused: string[] | undefined, own: Readonly<Record<string, string>>, work: Work): void {
  const remedy = "name it in the server's AcceptEnv, or put NAME=value in front of the command";
  const missing = (refused ?? []).filter((name) => name in own);
  if (missing.length > 0) {
    throw new Error(`environment: the SSH server does not pass on ${missing.join(", ")}; ${remedy}`);
  }
  if (refused === undefined && Object.keys(own).length > 0) {
    work.log("warning", `environment: it cannot be told whether the SSH server passes on variables; if not, ${remedy}`);
  }
  if (refused !== undefined && refused.length > 0) {
    work.log("debug", `the SSH server does not pass on ${refused.join(", ")}; ${remedy}`);
  }
}
