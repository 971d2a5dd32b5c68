import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codeFolder, socketPath } from "../../components/app/paths";
import { ownSocketPath } from "../../components/host/systemd/own-socket";
import { acmeFolder, challengePath } from "../../components/host/tls/challenge";
import { selfSigned } from "./self-signed";

/** A folder in the place of a host's root, for a web server that runs on the loopback address. */
export class HostFolder {
  protected readonly folder: string;

  /** @param program names it among those of other tests */
  constructor(program: string) {
    this.folder = mkdtempSync(join(tmpdir(), `landfall-${program}-`));
    chmodSync(this.folder, 0o755);
  }

  /** Where something of the host is here. */
  place(path: string): string {
    return this.folder + path;
  }

  /** Where an app's own socket is, in the place of `/run/landfall`. */
  socket(app: string, instance = 1): string {
    return this.place(socketPath(app, instance));
  }

  /** Where the socket is that an app makes by itself. */
  ownSocket(app: string): string {
    const path = this.place(ownSocketPath(app));
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  /** Makes a file of an app's code. */
  addFile(app: string, path: string, content: string): void {
    this.write(`${codeFolder(app)}/${path}`, content);
  }

  /** Copies a folder into an app's code. */
  addFolder(app: string, folder: string): void {
    cpSync(folder, this.place(codeFolder(app)), { recursive: true });
  }

  /** Makes a file that a certificate authority asks for. */
  addChallenge(name: string, content: string): void {
    this.write(`${acmeFolder}${challengePath}${name}`, content);
  }

  /** The certificate of a domain, PEM. */
  certificate(domain: string): string {
    return selfSigned(domain).certificate;
  }

  protected write(path: string, content: string): void {
    mkdirSync(dirname(this.place(path)), { recursive: true });
    writeFileSync(this.place(path), content);
  }

  protected read(path: string): string {
    return readFileSync(this.place(path), "utf8");
  }

  protected lines(path: string): string[] {
    return this.read(path).trim().split("\n");
  }

  protected addFolders(...paths: string[]): void {
    for (const path of paths) mkdirSync(this.place(path), { recursive: true });
  }

  /** Gives the host a certificate of its own for a domain, and the key. */
  protected addCertificate(domain: string): void {
    const { key, certificate } = selfSigned(domain);
    this.write(`/etc/landfall/tls/${domain}/privkey.pem`, key);
    this.write(`/etc/landfall/tls/${domain}/fullchain.pem`, certificate);
  }

  protected remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
