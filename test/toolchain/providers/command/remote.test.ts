import * as assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { utils } from "ssh2";

import { commandProvider } from "../../../../toolchain/providers/command/provider";
import { Archive, Asset, type PropertyMap } from "../../../../toolchain/providers/property/value";
import { freePort } from "../../../loopback/ports";
import { EngineStandIn } from "../engine-stand-in";

const command = "command:remote:Command";
const copy = "command:remote:CopyToRemote";

/** What needs no server; the rest is tested on a machine. */
describe("remote resources of the command provider, without a server", () => {
  let engine: EngineStandIn;
  let connection: PropertyMap;
  before(async () => {
    const privateKey = utils.generateKeyPairSync("ed25519").private;
    connection = { host: "127.0.0.1", port: await freePort(), user: "nobody", privateKey, dialErrorLimit: 0 };
  });
  beforeEach(async () => {
    engine = await EngineStandIn.start(commandProvider);
  });
  afterEach(() => engine.stop());

  const messages = (): string[] => engine.log.map(({ message }) => message);
  const hello = (more: PropertyMap): Promise<unknown> =>
    engine.make(command, { connection: { ...connection, ...more }, create: "echo hello" });

  it("replace a command on changed triggers only", async () => {
    const before = { connection: { host: "a" }, create: "x", triggers: [1] };
    const elsewhere = { connection: { host: "b" }, create: "y", triggers: [1] };
    assert.deepEqual((await engine.diff(command, before, elsewhere)).replaces, []);
    assert.deepEqual((await engine.diff(command, before, { ...before, triggers: [2] })).replaces, ["triggers"]);
  });

  it("fail when nothing answers", async () => {
    await assert.rejects(
      hello({}),
      new RegExp(`SSH to nobody@127.0.0.1:${String(connection["port"])}: after 1 failed attempts: .*ECONNREFUSED`),
    );
    assert.deepEqual(messages(), []);
  });

  it("stop trying when the update is cancelled", async () => {
    const making = assert.rejects(hello({ dialErrorLimit: -1 }), { message: "the update was cancelled" });
    while (messages().length === 0) await pause(10);
    await engine.cancel();
    await making;
  });

  it("refuse at once what is no public key for the server's", async () => {
    await assert.rejects(
      hello({ hostKey: "nonsense", dialErrorLimit: 10 }),
      /connection.hostKey is not a public key as in known_hosts/,
    );
    assert.deepEqual(messages(), []);
  });

  it("refuse sources that they cannot copy", async () => {
    for (const source of [new Asset({ uri: "https://example.com/" }), new Archive({ assets: {} })]) {
      const { failures } = await engine.check(copy, { connection, source, remotePath: "/x" });
      assert.match(failures.join(), /^source is .*, and has to be /);
    }
  });
});
