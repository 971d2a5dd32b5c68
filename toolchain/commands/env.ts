import type { Command } from "./command";
import { localStack } from "./project";
import { stackExists } from "./recorded-stack";
import { openSession } from "./session";
import { exportLines } from "./terminal/exports";

/** `eval "$(npm run --silent env)"`: from then on the plain Pulumi CLI works in this checkout. */
export const env: Command = {
  summary: 'prints what makes the plain pulumi CLI work here: eval "$(npm run --silent env)"',
  options: {},
  async run() {
    const session = await openSession();
    // So that `pulumi up --stack local` need not ask whether to create it, and `pulumi stack output` knows which one.
    if (!(await stackExists(session, localStack))) await session.pulumi.select(localStack);
    process.stdout.write(`${exportLines(session.variables).join("\n")}\n`);
    return 0;
  },
};
