import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { commandProvider } from "../../toolchain/providers/command/provider";
import { Archive, Asset, type PropertyMap } from "../../toolchain/providers/property/value";
import { EngineStandIn } from "../toolchain/providers/engine-stand-in";
import { SshServer } from "./remote-commands-server";

const copy = "command:remote:CopyToRemote";

describe("copies to a server, with OpenSSH's server on a machine", function () {
  this.timeout(30_000);
  const server = SshServer.use();
  let engine: EngineStandIn;
  let connection: PropertyMap;
  let source: string;
  let target: string;
  before(() => {
    connection = server.connection;
  });
  beforeEach(async () => {
    engine = await EngineStandIn.start(commandProvider);
    source = mkdtempSync(join(server.folder, "source-"));
    // A name that only the machine has: a provider that writes to this computer by mistake would not find it.
    target = (await server.host.exec(["mktemp", "-d", "/srv/target-XXXXXX"])).trim();
    mkdirSync(join(source, "app/deep"), { recursive: true });
    writeFileSync(join(source, "app/one.txt"), "one");
    writeFileSync(join(source, "app/deep/two.bin"), Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251)));
    writeFileSync(join(source, "app/empty"), "");
  });
  afterEach(() => engine.stop());

  /** What the machine has at a path, seen from this computer. */
  const seen = (path: string): string => join(server.host.root, path);
  const textOf = (path: string): string => readFileSync(seen(path), "utf8");
  const filesIn = (folder: string): string[] =>
    readdirSync(seen(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(seen(folder), join(entry.parentPath, entry.name)))
      .sort();
  const send = (from: Asset | Archive, remotePath: string): Promise<unknown> =>
    engine.make(copy, { connection, source: from, remotePath });

  it("copies a file to a name, making folders on the way, and into a folder", async () => {
    const file = new Asset({ path: join(source, "app/deep/two.bin") });
    await send(file, join(target, "new/folder/name.bin"));
    await send(file, target);
    assert.deepEqual(filesIn(target), ["new/folder/name.bin", "two.bin"]);
    for (const name of filesIn(target)) {
      assert.ok(
        readFileSync(seen(join(target, name))).equals(readFileSync(join(source, "app/deep/two.bin"))),
        `${name} has another content`,
      );
    }
  });

  it("overwrites a file", async () => {
    const name = join(target, "name");
    await server.host.writeFile(name, "something longer than before");
    await send(new Asset({ path: join(source, "app/one.txt") }), name);
    assert.equal(textOf(name), "one");
  });

  it("copies a folder by its name, and with a slash at the end its content", async () => {
    await send(new Archive({ path: join(source, "app") }), join(target, "named"));
    await send(new Archive({ path: `${join(source, "app")}/` }), join(target, "content"));
    assert.deepEqual(filesIn(target), [
      "content/deep/two.bin",
      "content/empty",
      "content/one.txt",
      "named/app/deep/two.bin",
      "named/app/empty",
      "named/app/one.txt",
    ]);
  });

  it("writes a text to a file, and refuses a folder for it", async () => {
    await send(new Asset({ text: "grüezi\n" }), join(target, "sub/text"));
    assert.equal(textOf(join(target, "sub/text")), "grüezi\n");
    await assert.rejects(
      send(new Asset({ text: "x" }), target),
      /is a folder on the server; a text needs the name of a file/,
    );
  });

  it("refuses to put a folder in the place of a file", async () => {
    await server.host.writeFile(join(target, "file"), "");
    await assert.rejects(
      send(new Archive({ path: join(source, "app") }), join(target, "file")),
      /file is a file on the server, and has to be a folder/,
    );
  });

  it("refuses a source that is not there", async () => {
    await assert.rejects(
      send(new Asset({ path: "/no/such/file" }), target),
      /source: "\/no\/such\/file" does not exist/,
    );
  });

  it("copies again when the content or the place changes, and not when only the connection does", async () => {
    const inputs = {
      connection: server.checkedConnection,
      source: new Asset({ text: "a" }, "hash-a"),
      remotePath: join(target, "a"),
    };
    const before = server.connections();
    await engine.update(copy, inputs, { ...inputs, connection: { ...inputs.connection, perDialTimeout: 3 } });
    assert.equal(server.connections(), before);
    await engine.update(copy, inputs, { ...inputs, source: new Asset({ text: "b" }, "hash-b") });
    assert.equal(textOf(join(target, "a")), "b");
    await engine.update(copy, inputs, { ...inputs, remotePath: join(target, "c") });
    assert.equal(textOf(join(target, "c")), "a");
  });

  it("has an older form for one file", async () => {
    const localPath = join(source, "app/one.txt");
    await engine.make("command:remote:CopyFile", { connection, localPath, remotePath: join(target, "old") });
    assert.equal(textOf(join(target, "old")), "one");
  });
});
