import type { Provider } from "../provider";
import { copyFile, copyToRemote } from "./copy-to-remote";
import { localCommand, localRun } from "./local-command";
import { remoteCommand } from "./remote-command";

/**
 * Stands in for the published `command` provider 1.2.1, for networks that it cannot be fetched on: same properties, same
 * moments at which commands run, same rules for replacement.
 */
export const commandProvider: Provider = {
  name: "command",
  version: "1.2.1",
  resources: {
    "command:local:Command": localCommand,
    "command:remote:Command": remoteCommand,
    "command:remote:CopyFile": copyFile,
    "command:remote:CopyToRemote": copyToRemote,
  },
  functions: {
    "command:local:run": localRun,
  },
};
