import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { Secret } from "../../../toolchain/providers/property/value";
import { hide, secretTexts } from "../../../toolchain/providers/secrets";
import { remoteCommandTable } from "../../../toolchain/providers/command/tables";

const { inputs: table } = remoteCommandTable;

describe("secrets in output", () => {
  it("are hidden wherever they stand", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(secret.trim().length >= 3 && !"[secret]".includes(secret.trim()));
        const shown = hide(secretTexts(table, { stdin: new Secret(secret) }), `${before}${secret}${after}`);
        const rest = `${before}[secret]${after}`;
        assert.ok(!shown.includes(secret.trim()) || rest.includes(secret.trim()));
      }),
    );
  });

  it("hide the longest first, so that no end of one is left", () => {
    const texts = secretTexts(table, { environment: new Secret({ A: "pass", B: "password" }) });
    assert.equal(hide(texts, "password pass"), "[secret] [secret]");
  });

  it("hide each line of a key, because output comes in lines", () => {
    const texts = secretTexts(table, { stdin: new Secret("-----BEGIN-----\nMIIEvQIBADANBg\n}\n") });
    assert.equal(hide(texts, "line MIIEvQIBADANBg }"), "line [secret] }");
  });

  it("are hidden also where a message quotes them", () => {
    const command = 'curl -u "me:hunter2"\ntrue';
    const texts = secretTexts(table, { create: new Secret(command) });
    assert.equal(hide(texts, `running ${JSON.stringify(command)}`), 'running "[secret]"');
  });

  it("do not include the user and host of a connection, only its passwords and keys", () => {
    const connection = {
      host: "server",
      user: "root",
      password: "hunter2",
      proxy: { host: "jump", privateKey: "KEYKEY" },
    };
    assert.deepEqual(secretTexts(table, { connection: new Secret(connection) }), ["hunter2", "KEYKEY"]);
  });

  it("do not include texts that are no secret", () => {
    assert.deepEqual(secretTexts(table, { stdin: "hello", environment: { A: "value" } }), []);
  });
});
