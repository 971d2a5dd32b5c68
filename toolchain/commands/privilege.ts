import { attempt } from "../../components/local/machine/command";
import { runOnTerminal } from "./terminal/attached";

/** How long sudo's answer is kept fresh while a command runs: sudo forgets after 5 to 15 minutes by default. */
const freshenMs = 60_000;

/**
 * Asks for sudo's password where one is needed, once, and keeps the answer fresh until the process ends.
 * Local machines are mounts, network links and containers, which Linux lets only root make.
 */
export async function becomeRootCapable(): Promise<void> {
  if (process.platform !== "linux" || process.getuid?.() === 0) return;
  const silent = await attempt(["sudo", "-n", "-v"]).catch(() => undefined);
  if (!silent) {
    throw new Error(
      "local machines need root, and there is no sudo on this computer; run the command as root, or deploy to any " +
        "virtual machine over SSH with ServerSite",
    );
  }
  if (silent.code !== 0) {
    process.stderr.write(
      "Local machines need root: mounts, a network bridge and containers. sudo asks for your password.\n",
    );
    if ((await runOnTerminal(["sudo", "-v"])) !== 0) {
      throw new Error("sudo did not let us become root; run the command as root, or as a user whom sudo lets");
    }
  }
  setInterval(() => void attempt(["sudo", "-n", "-v"]).catch(() => undefined), freshenMs).unref();
}
