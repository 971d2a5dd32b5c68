import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "./command";
import { checkoutFolder, localStack, stackConfig, stackNames } from "./project";
import { openSession } from "./session";

/** `npm run preview -- --stack NAME`. */
export const preview: Command = {
  summary: "shows what an up of a stack would change: npm run preview -- --stack NAME",
  options: { stack: { describe: "the stack", value: "NAME", choices: stackNames() } },
  async run({ values }) {
    const stack = values.stack ?? localStack;
    const { pulumi, ownBackend } = await openSession();
    const config = ownBackend ? withoutTraces(stackConfig(stack)) : [];
    if (!(await pulumi.stacks()).includes(stack)) {
      if (!ownBackend) throw new Error(`the backend has no stack '${stack}'; create it with: pulumi stack init ${stack}`);
      await pulumi.ask("stack", "init", "--no-select", "--stack", stack, ...config);
    }
    const result = await pulumi.operate(["preview", "--stack", stack, ...config], (line) =>
      process.stdout.write(`${line}\n`),
    );
    if (result.code !== 0) throw new Error(`preview of ${stack} failed: ${result.reason}`);
    return 0;
  },
};

/**
 * Pulumi writes how it encrypts into a stack's configuration file. A preview in this checkout's own backend is no reason
 * to change a file that is in git, so it works on a copy, unless the stack has been set up before.
 */
function withoutTraces(file: string): string[] {
  if (!existsSync(file) || /^(?:encryptionsalt|secretsprovider):/m.test(readFileSync(file, "utf8"))) return [];
  const folder = join(checkoutFolder, "preview");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, basename(file));
  copyFileSync(file, copy);
  return ["--config-file", copy];
}
