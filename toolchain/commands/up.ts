import type { Command } from "./command";
import { ensureHost, ensureImages } from "./local-program";
import { showOperation } from "./operation-line";
import { localStack } from "./project";
import { stackExists } from "./recorded-stack";
import { openSession } from "./session";
import { releaseDeadLock } from "./stack-lock";
import { lookAtStack, statusLines } from "./status";
import { duration } from "./terminal/progress";

/** `npm run up`. */
export const up: Command = {
  summary: "starts the example sites on this computer and waits until they are healthy",
  options: {},
  async run() {
    const start = Date.now();
    await ensureHost();
    const [session] = await Promise.all([openSession(), ensureImages()]);
    await releaseDeadLock(session, localStack);
    if (!(await stackExists(session, localStack))) await session.pulumi.select(localStack);

    const args = [
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      localStack,
      "--suppress-outputs",
      "--suppress-permalink=true",
    ];
    const result = await session.pulumi.operate(args, showOperation());
    if (result.code !== 0) {
      process.stderr.write(`${afterFailure(result.interrupted).join("\n")}\n`);
      throw new Error(result.interrupted ? "up was interrupted" : `up failed: ${result.reason}`);
    }

    const seen = await lookAtStack(session);
    process.stdout.write(`\n${statusLines(seen).join("\n")}\n`);
    const unhealthy = seen.sites.filter((site) => !site.healthy);
    if (unhealthy.length > 0) {
      const list = unhealthy.map((site) => `${site.url} ${site.reason}`).join("; ");
      throw new Error(`up failed: from this computer, ${list}`);
    }
    process.stderr.write(`up: ${seen.sites.length} sites answer, after ${duration(Date.now() - start)}\n`);
    return 0;
  },
};

function afterFailure(interrupted: boolean): string[] {
  return [
    "",
    interrupted ? "What was made so far is kept." : "What was made is kept, for a look inside: npm run shell",
    "Repeat with npm run up, or remove everything with npm run down.",
  ];
}
