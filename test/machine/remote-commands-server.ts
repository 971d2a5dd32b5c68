import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PropertyMap } from "../../toolchain/providers/property/value";
import { type TestMachine, useMachine } from "./machine";

/** The user whom the server lets in. */
export const user = "root";

/** Password of `encryptedKey`. */
export const passphrase = "passphrase";

/** An OpenSSH server on a machine, with keys and settings of its own; the machine's `ssh.service` has no part in it. */
export class SshServer {
  readonly port = 2222;
  /** A folder of this computer for the test's files, which the machine sees at the same path. */
  readonly folder = mkdtempSync(join(tmpdir(), "landfall-sshd-"));
  readonly host: TestMachine;

  private constructor() {
    const binds = [{ source: this.folder, target: this.folder, readOnly: false }];
    this.host = useMachine({ packages: ["openssh-server"], binds });
  }

  /** A server for a whole suite: call it in the body of `describe`. It is there from the first test on. */
  static use(): SshServer {
    const server = new SshServer();
    before(async () => {
      await server.makeKeys();
      await server.listen(server.port);
    });
    after(() => rmSync(server.folder, { recursive: true }));
    return server;
  }

  /** How a resource reaches it, as a program says it. */
  get connection(): PropertyMap {
    const { port, privateKey } = this;
    return { host: this.host.address, port, user, privateKey, dialErrorLimit: 0 };
  }

  /** The connection as the check leaves it, for calls that come after it. */
  get checkedConnection(): PropertyMap {
    return { perDialTimeout: 15, ...this.connection };
  }

  /** A private key that it lets in. */
  get privateKey(): string {
    return this.read("client");
  }

  /** The same key, encrypted. */
  get encryptedKey(): string {
    return this.read("encrypted");
  }

  /** One of the server's two keys, as in a `.pub` file; it likes the other one better. */
  get hostKey(): string {
    return this.read("host.pub");
  }

  /** How many connections it has let in. */
  connections(): number {
    return this.read("log").split("Accepted publickey").length - 1;
  }

  /** Starts to listen on a port. */
  async listen(port: number): Promise<void> {
    const config = this.at(`config-${port}`);
    const settings = [
      `Port ${port}`,
      `HostKey ${this.at("host-rsa")}`,
      `HostKey ${this.at("host")}`,
      `AuthorizedKeysFile ${this.at("client.pub")}`,
      "UsePAM no",
      "PasswordAuthentication no",
      "PermitRootLogin yes",
      "StrictModes no",
      "AcceptEnv GREETING",
      "Subsystem sftp internal-sftp",
      "PidFile none",
      "LogLevel VERBOSE",
    ];
    writeFileSync(config, `${settings.join("\n")}\n`);
    // sshd keeps nothing in this folder, but insists on it.
    await this.host.exec(["mkdir", "-p", "/run/sshd"]);
    // Debian's sshd says when it listens.
    await this.startUnit(`test-sshd-${port}`, "notify", ["/usr/sbin/sshd", "-D", "-f", config, "-E", this.at("log")]);
  }

  /** Starts an agent that holds the client's key, and returns its socket, which can be reached from this computer. */
  async startAgent(): Promise<string> {
    const socket = this.at("agent");
    // It goes to the background when its socket is there.
    await this.startUnit("test-ssh-agent", "forking", ["/usr/bin/ssh-agent", "-a", socket]);
    await this.host.exec(["env", `SSH_AUTH_SOCK=${socket}`, "ssh-add", "-q", this.at("client")]);
    return socket;
  }

  private async makeKeys(): Promise<void> {
    const keygen = async (...args: string[]): Promise<unknown> =>
      await this.host.exec(["ssh-keygen", "-q", "-C", "", ...args]);
    await keygen("-t", "ed25519", "-N", "", "-f", this.at("host"));
    await keygen("-t", "rsa", "-b", "2048", "-N", "", "-f", this.at("host-rsa"));
    await keygen("-t", "ed25519", "-N", "", "-f", this.at("client"));
    writeFileSync(this.at("encrypted"), this.privateKey, { mode: 0o600 });
    await keygen("-p", "-P", "", "-N", passphrase, "-f", this.at("encrypted"));
  }

  /** Runs a program as a unit of the machine, and waits until it is ready. */
  private async startUnit(name: string, type: string, command: readonly string[]): Promise<void> {
    await this.host.exec(["systemd-run", "--quiet", `--unit=${name}`, `--property=Type=${type}`, ...command]);
  }

  private at(name: string): string {
    return join(this.folder, name);
  }

  private read(name: string): string {
    return readFileSync(this.at(name), "utf8");
  }
}
