import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Command } from "./command";
import { checkoutFolder, localStack, projectName, stackConfig, stackNames } from "./project";
import { openSession } from "./session";

/** `npm run preview -- --stack NAME`. */
export const preview: Command = {
  summary: "shows what an up of a stack would change: npm run preview -- --stack NAME",
  options: { stack: { describe: "the stack", value: "NAME", choices: stackNames() } },
  async run({ values }) {
    const stack = values.stack ?? localStack;
    const { pulumi, ownBackend } = await openSession();
    const config = ownBackend ? withoutTraces(stack) : undefined;
    if (!(await pulumi.stacks()).includes(stack)) {
      if (!ownBackend)
        throw new Error(`the backend has no stack '${stack}'; create it with: pulumi stack init ${stack}`);
      const folder = config ? ["--cwd", dirname(config)] : [];
      await pulumi.ask("stack", "init", "--no-select", "--stack", stack, ...folder);
    }
    if (config) copyFileSync(stackConfig(stack), config);
    const result = await pulumi.operate(
      ["preview", "--stack", stack, ...(config ? ["--config-file", config] : [])],
      (line) => process.stdout.write(`${line}\n`),
    );
    if (result.code !== 0) throw new Error(`preview of ${stack} failed: ${result.reason}`);
    return 0;
  },
};

/**
 * Pulumi writes how it encrypts into a stack's configuration file. A preview in this checkout's own backend is no reason
 * to change a file that is in git, so it works on a copy, in a project folder of its own. Gives the copy's path, or
 * undefined where the stack has been set up before.
 */
function withoutTraces(stack: string): string | undefined {
  const file = stackConfig(stack);
  if (!existsSync(file) || /^(?:encryptionsalt|secretsprovider):/m.test(readFileSync(file, "utf8"))) return undefined;
  const folder = join(checkoutFolder, "preview");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${projectName()}\nruntime: nodejs\n`);
  return join(folder, basename(file));
}
