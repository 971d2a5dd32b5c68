import type { Client, SFTPWrapper, Stats } from "ssh2";

import * as fs from "node:fs";
import * as path from "node:path";

/** SFTP's status "no such file" (draft-ietf-secsh-filexfer-02, section 7). */
const noSuchFile = 2;

/** Files on a server, over an open connection. */
export class RemoteFiles {
  private constructor(private readonly sftp: SFTPWrapper) {}

  static open(client: Client): Promise<RemoteFiles> {
    return new Promise((resolve, reject) => {
      client.sftp((error, sftp) =>
        error ? reject(new Error(`the server offers no SFTP: ${error.message}`)) : resolve(new RemoteFiles(sftp)),
      );
    });
  }

  close(): void {
    this.sftp.end();
  }

  /**
   * Copies a file or a folder the way `cp -r` would: into `target` when that is a folder, else to it. The content of a
   * folder whose name ends with `/` goes right into `target`. Missing folders on the way are made.
   */
  async copy(source: string, target: string): Promise<void> {
    const stats = fs.statSync(source, { throwIfNoEntry: false });
    if (!stats)
      throw new Error(`source: ${JSON.stringify(source)} does not exist; it is looked up from ${process.cwd()}`);
    if (stats.isDirectory()) {
      const into = source.endsWith("/") ? target : path.posix.join(target, path.basename(source));
      return this.copyFolder(source, into);
    }
    const existing = await this.stat(target);
    if (!existing) await this.makeFolder(path.posix.dirname(target));
    return this.copyFile(source, existing?.isDirectory() ? path.posix.join(target, path.basename(source)) : target);
  }

  /** Writes a text to a file. */
  async write(text: string, target: string): Promise<void> {
    const existing = await this.stat(target);
    if (existing?.isDirectory()) {
      throw new Error(
        `remotePath: ${target} is a folder on the server; a text needs the name of a file, e.g. ${target}/name`,
      );
    }
    if (!existing) await this.makeFolder(path.posix.dirname(target));
    await this.call(target, (done) => this.sftp.writeFile(target, text, done));
  }

  /** Makes a folder and those above it that are missing. */
  private async makeFolder(folder: string): Promise<void> {
    const existing = await this.stat(folder);
    if (existing?.isDirectory()) return;
    if (existing) throw new Error(`remotePath: ${folder} is a file on the server, and has to be a folder`);
    const parent = path.posix.dirname(folder);
    if (parent !== folder) await this.makeFolder(parent);
    await this.call(folder, (done) => this.sftp.mkdir(folder, done));
  }

  private async copyFolder(source: string, target: string): Promise<void> {
    await this.makeFolder(target);
    for (const name of (await fs.promises.readdir(source)).sort()) {
      const [from, to] = [path.join(source, name), path.posix.join(target, name)];
      if ((await fs.promises.stat(from)).isDirectory()) await this.copyFolder(from, to);
      else await this.copyFile(from, to);
    }
  }

  private copyFile(source: string, target: string): Promise<void> {
    return this.call(target, (done) => this.sftp.fastPut(source, target, done));
  }

  private stat(target: string): Promise<Stats | undefined> {
    return new Promise((resolve, reject) => {
      this.sftp.stat(target, (error, stats) => {
        if (!error) return resolve(stats);
        if ((error as Error & { code?: number }).code === noSuchFile) return resolve(undefined);
        reject(new Error(`remotePath: ${target} on the server: ${error.message}`));
      });
    });
  }

  private call(target: string, act: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      act((error) => (error ? reject(new Error(`remotePath: ${target} on the server: ${error.message}`)) : resolve()));
    });
  }
}
