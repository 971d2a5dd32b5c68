import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** The folder of a checkout that holds what belongs to it alone: state, passphrase, machines. Made for its owner only. */
export function workspaceFolder(root: string): string {
  const folder = path.join(root, ".landfall");
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * What must be set so that Pulumi keeps the state of a checkout in the checkout, encrypted with a passphrase that is
 * made once and that only the owner's files hold. What the user has set goes first: with another backend, the passphrase
 * is the user's affair too.
 */
export function workspaceEnv(root: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const folder = workspaceFolder(path.resolve(root));
  const state = path.join(folder, "state");
  const backend = `file://${state}`;
  if (env.PULUMI_BACKEND_URL && env.PULUMI_BACKEND_URL !== backend) {
    return {};
  }
  fs.mkdirSync(state, { recursive: true, mode: 0o700 });
  return { PULUMI_BACKEND_URL: backend, ...passphrase(folder, env) };
}

function passphrase(folder: string, env: NodeJS.ProcessEnv): Record<string, string> {
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined || env.PULUMI_CONFIG_PASSPHRASE_FILE) {
    return {};
  }
  const file = path.join(folder, "passphrase");
  if (!fs.existsSync(file)) {
    writeOnce(file, randomBytes(32).toString("base64url"));
  }
  return { PULUMI_CONFIG_PASSPHRASE_FILE: file };
}

/** Of two processes that make it at once, the second takes the first one's: another passphrase would lose the state. */
function writeOnce(file: string, text: string): void {
  const beside = `${file}.${randomBytes(4).toString("hex")}`;
  fs.writeFileSync(beside, text, { mode: 0o600, flag: "wx" });
  try {
    fs.linkSync(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  } finally {
    fs.rmSync(beside, { force: true });
  }
}
