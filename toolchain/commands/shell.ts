import type { Command } from "./command";
import { insideMachine, listMachines } from "./local-program";
import { becomeRootCapable } from "./privilege";
import { projectRoot } from "./project";
import { localNetwork } from "./status";
import { runOnTerminal } from "./terminal/attached";

/** `npm run shell -- MACHINE [PROGRAM ...]`. */
export const shell: Command = {
  summary: "a root shell, or a program, inside a local machine: npm run shell -- MACHINE [PROGRAM ...]",
  options: {},
  positional: "MACHINE",
  async run({ positionals }) {
    await becomeRootCapable();
    const id = localNetwork();
    const running = (await listMachines(id))
      .filter((machine) => machine.state === "running")
      .map((machine) => machine.name);
    const [name = running.length === 1 ? running[0] : undefined, ...words] = positionals;
    if (name === undefined || !running.includes(name)) {
      const asked = name === undefined ? "say which machine" : `no machine '${name}' runs`;
      throw new Error(
        running.length > 0
          ? `${asked}; choose one of: ${running.join(", ")}`
          : "no machine runs; start with: npm run up",
      );
    }
    return runOnTerminal(insideMachine(id, name, words.length > 0 ? words : ["bash", "-l"]), { cwd: projectRoot });
  },
};
