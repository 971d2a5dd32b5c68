import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

/** An OpenSSH server of this test's own: on the loopback address, with its own keys, for the user who runs the test. */
export interface SshServer {
  readonly port: number;
  readonly user: string;
  /** A private key that it lets in, and the same encrypted by the password `passphrase`. */
  readonly privateKey: string;
  readonly encryptedKey: string;
  /** The server's key as in a `.pub` file. */
  readonly hostKey: string;
  /** A folder for the test's files. */
  readonly folder: string;
  /** How many connections it has let in. */
  connections(): number;
  /** Stops listening; sessions go on. */
  stop(): Promise<void>;
  /** Stops, if need be, and removes everything. */
  remove(): Promise<void>;
}

/** Starts a server on a port, or on a free one. */
export async function startSshServer(wantedPort?: number): Promise<SshServer> {
  const program = "/usr/sbin/sshd";
  if (!fs.existsSync(program))
    throw new Error(`${program} is missing; install the package openssh-server to run this test`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-sshd-"));
  const at = (name: string): string => path.join(folder, name);
  const keygen = (...args: string[]): unknown => execFileSync("ssh-keygen", ["-q", "-C", "", ...args]);
  keygen("-t", "ed25519", "-N", "", "-f", at("host"));
  keygen("-t", "rsa", "-b", "2048", "-N", "", "-f", at("host-rsa"));
  keygen("-t", "ed25519", "-N", "", "-f", at("client"));
  fs.copyFileSync(at("client"), at("encrypted"));
  fs.chmodSync(at("encrypted"), 0o600);
  keygen("-p", "-P", "", "-N", "passphrase", "-f", at("encrypted"));
  fs.copyFileSync(at("client.pub"), at("authorized"));
  const port = wantedPort ?? (await freePort());
  const settings = [
    "ListenAddress 127.0.0.1",
    `Port ${port}`,
    `HostKey ${at("host-rsa")}`,
    `HostKey ${at("host")}`,
    `AuthorizedKeysFile ${at("authorized")}`,
    "UsePAM no",
    "PasswordAuthentication no",
    "PermitRootLogin yes",
    "StrictModes no",
    "AcceptEnv GREETING",
    "Subsystem sftp internal-sftp",
    "PidFile none",
    "LogLevel VERBOSE",
  ];
  fs.writeFileSync(at("config"), `${settings.join("\n")}\n`);
  // Where sshd keeps nothing in, but insists on.
  if (process.getuid?.() === 0) fs.mkdirSync("/run/sshd", { recursive: true });
  const child = spawn(program, ["-D", "-e", "-f", at("config")], { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  while (!log.includes("Server listening")) {
    if (child.exitCode !== null) throw new Error(`sshd did not start: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    port,
    user: os.userInfo().username,
    privateKey: fs.readFileSync(at("client"), "utf8"),
    encryptedKey: fs.readFileSync(at("encrypted"), "utf8"),
    hostKey: fs.readFileSync(at("host.pub"), "utf8"),
    folder,
    connections: () => log.split("Accepted publickey").length - 1,
    stop,
    remove: async () => {
      await stop();
      fs.rmSync(folder, { recursive: true });
    },
  };
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
