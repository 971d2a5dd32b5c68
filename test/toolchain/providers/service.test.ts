import * as assert from "node:assert/strict";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { Secret, Unknown } from "../../../toolchain/providers/property/value";
import { Effect, type Provider } from "../../../toolchain/providers/provider";
import { writeProperties } from "../../../toolchain/providers/property/wire";
import { EngineStandIn } from "./engine-stand-in";

/** A provider whose resource joins its inputs, so that what the server adds can be told from what a resource does. */
const sample: Provider = {
  name: "sample",
  version: "1.2.3",
  resources: {
    "sample:index:Joined": {
      table: {
        inputs: {
          left: { type: "string", required: true, replaces: true },
          right: { type: "string", default: "R" },
          password: { type: "string", secret: true },
        },
        outputs: {
          joined: { type: "string", required: true },
          token: { type: "string", secret: true },
          madeAt: { type: "string", keptOnUpdate: true },
        },
      },
      check: ({ left }) => (left === "bad" ? [{ property: "left", reason: "is bad" }] : []),
      outdated: ({ state }) => (state["madeAt"] === "long ago" ? ["madeAt"] : []),
      create: async (inputs, work) => {
        if (inputs["left"] === "hang") {
          await new Promise((_, reject) =>
            work.signal.addEventListener("abort", () => reject(work.signal.reason as Error)),
          );
        }
        if (inputs["left"] === "fail") throw new Error(`cannot use ${String(inputs["password"])}`);
        work.progress(`joining with ${String(inputs["password"])}`);
        work.log("warning", "kept");
        return { id: "7", outputs: { joined: `${inputs["left"]}${inputs["right"]}`, token: "t", madeAt: "now" } };
      },
      update: async ({ state }, inputs) => ({ ...state, joined: `${inputs["left"]}${inputs["right"]}` }),
    },
    "sample:index:Named": {
      table: {
        inputs: { name: { type: "string" }, words: { type: { list: "string" } } },
        outputs: { greeting: { type: "string" }, count: { type: "integer", keptOnUpdate: true } },
      },
      complete: (inputs, { name, before, seed }) => ({
        name: before?.["name"] ?? `${name}-${Buffer.from(seed).toString()}`,
        __notes: "from complete",
        ...inputs,
      }),
      effect: ({ property }, before, after) => {
        if (property === "name") return Effect.Replace;
        return String(before["words"]) === String(after["words"]) ? Effect.None : Effect.Update;
      },
      deletesFirst: (after) => after["name"] === "own",
      planned: ({ name }, state) => (state ? { count: Unknown.value } : { greeting: `hello ${String(name)}` }),
      create: async () => ({ id: "8", outputs: {} }),
    },
  },
  functions: {
    "sample:index:shout": {
      table: { inputs: { text: { type: "string", required: true } }, outputs: { loud: { type: "string" } } },
      call: async ({ text }) => ({ loud: String(text).toUpperCase() }),
    },
  },
  configure: (config, log) => {
    if (config["region"] === undefined) throw new Error("region is missing");
    log("warning", `configured for ${String(config["region"])}`);
  },
  otherResource: (token) =>
    token.startsWith("sample:made-up:")
      ? { table: { inputs: {}, outputs: {}, open: true }, create: async (inputs) => ({ id: token, outputs: inputs }) }
      : undefined,
};
const type = "sample:index:Joined";
const named = "sample:index:Named";

describe("the service that providers share", () => {
  let engine: EngineStandIn;
  beforeEach(async () => {
    engine = await EngineStandIn.start(sample);
  });
  afterEach(() => engine.stop());

  it("says at once that it takes secrets and previews", async () => {
    const handshake = await engine.send<messages.ProviderHandshakeResponse>((client, done) =>
      client.handshake(new messages.ProviderHandshakeRequest(), done),
    );
    const request = new messages.ConfigureRequest();
    request.setArgs(writeProperties({ region: "here" }));
    const configured = await engine.send<messages.ConfigureResponse>((client, done) => client.configure(request, done));
    assert.equal(handshake.getAcceptSecrets(), true);
    assert.deepEqual([configured.getAcceptsecrets(), configured.getSupportspreview()], [true, true]);
  });

  it("hands over the configuration, logs what the provider says of it, and passes on its error", async () => {
    await engine.configure({ region: "here" });
    assert.deepEqual(engine.log, [{ severity: "warning", message: "configured for here", urn: "", ephemeral: false }]);
    await assert.rejects(engine.configure({}), { message: "region is missing" });
  });

  it("has a resource complete its inputs, by its name, its old inputs and random bytes", async () => {
    assert.equal((await engine.check(named, {}, undefined, "seed")).inputs["name"], "thing-seed");
    assert.equal((await engine.check(named, {}, { name: "thing-old" }, "seed")).inputs["name"], "thing-old");
  });

  it("leaves a resource's notes about its inputs out of the outputs", async () => {
    const { inputs } = await engine.check(named, {}, undefined, "seed");
    const { state } = await engine.create(named, inputs);
    assert.deepEqual([inputs["__notes"], state], ["from complete", { name: "thing-seed" }]);
  });

  it("has a resource say what a difference does, and whether the old one goes first", async () => {
    const before = { name: "a", words: ["x"] };
    const nothing = { changes: false, replaces: [], detailed: {}, deletesFirst: false };
    assert.deepEqual(await engine.diff(named, before, { name: "a", words: "x" }), nothing);
    assert.deepEqual(await engine.diff(named, before, { name: "own", words: ["x", "y"] }), {
      changes: true,
      replaces: ["name"],
      detailed: { name: "UPDATE_REPLACE", "words[1]": "ADD" },
      deletesFirst: true,
    });
  });

  it("does not speak of deleting first where nothing is replaced", async () => {
    const { deletesFirst } = await engine.diff(named, { name: "own", words: ["x"] }, { name: "own", words: ["y"] });
    assert.equal(deletesFirst, false);
  });

  it("previews what a resource has planned over what its table says", async () => {
    const made = await engine.create(named, { name: "a" }, { preview: true });
    assert.deepEqual(made.state, { name: "a", greeting: "hello a", count: Unknown.value });
    const updated = await engine.update(named, { name: "a", count: 3 }, { name: "a" }, { preview: true });
    assert.deepEqual(updated, { name: "a", greeting: Unknown.value, count: Unknown.value });
  });

  it("tells its version and schema", async () => {
    const info = await engine.send<{ getVersion(): string }>((client, done) => client.getPluginInfo(new Empty(), done));
    const response = await engine.send<messages.GetSchemaResponse>((client, done) =>
      client.getSchema(new messages.GetSchemaRequest(), done),
    );
    const schema = JSON.parse(response.getSchema());
    assert.equal(info.getVersion(), "1.2.3");
    assert.deepEqual(schema.resources[type].requiredInputs, ["left"]);
    assert.deepEqual(schema.resources[type].inputProperties.left, { type: "string", replaceOnChanges: true });
  });

  it("checks inputs: fills in defaults, names what is missing, and applies the resource's own rules", async () => {
    assert.deepEqual((await engine.check(type, { left: "a" })).inputs, { left: "a", right: "R" });
    assert.deepEqual((await engine.check(type, {})).failures, ["left is missing, and has to be given"]);
    assert.deepEqual((await engine.check(type, { left: "bad" })).failures, ["left is bad"]);
  });

  it("shows inputs and unknown outputs at a preview of making, and makes nothing", async () => {
    const { id, state } = await engine.create(type, { left: "a", right: "b" }, { preview: true });
    assert.equal(id, "");
    assert.deepEqual(state, {
      left: "a",
      right: "b",
      joined: Unknown.value,
      madeAt: Unknown.value,
      token: new Secret(Unknown.value),
    });
    assert.deepEqual(engine.log, []);
  });

  it("keeps what an update leaves as it is known at a preview of updating", async () => {
    const state = await engine.update(
      type,
      { left: "a", joined: "aR", madeAt: "now" },
      { left: "a", right: "c" },
      { preview: true },
    );
    assert.deepEqual(state, {
      left: "a",
      right: "c",
      joined: Unknown.value,
      madeAt: "now",
      token: new Secret(Unknown.value),
    });
  });

  it("marks secrets: those that came as secrets and those that the table says are", async () => {
    const { state } = await engine.create(type, { left: new Secret("a"), right: "b", password: "hunter2" });
    assert.deepEqual(state, {
      left: new Secret("a"),
      right: "b",
      password: new Secret("hunter2"),
      joined: "ab",
      token: new Secret("t"),
      madeAt: "now",
    });
  });

  it("hides secrets in progress, log and errors", async () => {
    await engine.create(type, { left: "a", password: new Secret("hunter2") });
    assert.deepEqual(
      engine.log.map(({ severity, message, ephemeral }) => ({ severity, message, ephemeral })),
      [
        { severity: "info", message: "joining with [secret]", ephemeral: true },
        { severity: "warning", message: "kept", ephemeral: false },
      ],
    );
    await assert.rejects(engine.create(type, { left: "fail", password: new Secret("hunter2") }), {
      message: "cannot use [secret]",
    });
  });

  it("tells updates from replacements, and says where", async () => {
    assert.deepEqual(await engine.diff(type, { left: "a", right: "b" }, { left: "a", right: "c" }), {
      changes: true,
      replaces: [],
      detailed: { right: "UPDATE" },
      deletesFirst: false,
    });
    assert.deepEqual(await engine.diff(type, { left: "a" }, { left: Unknown.value, right: "c" }), {
      changes: true,
      replaces: ["left"],
      detailed: { left: "UPDATE_REPLACE", right: "ADD" },
      deletesFirst: false,
    });
    assert.equal((await engine.diff(type, { left: "a", joined: "aR" }, { left: "a" })).changes, false);
  });

  it("passes over the changes that the program says to ignore", async () => {
    const { changes } = await engine.diff(type, { left: "a" }, { left: "z" }, { ignore: ["left"] });
    assert.equal(changes, false);
  });

  it("replaces a resource that is outdated although no input changed", async () => {
    assert.deepEqual(await engine.diff(type, { left: "a", madeAt: "long ago" }, { left: "a" }), {
      changes: true,
      replaces: ["madeAt"],
      detailed: { madeAt: "UPDATE_REPLACE" },
      deletesFirst: false,
    });
  });

  it("returns the state on refresh, and nothing for an id that has no state", async () => {
    const state = { left: "a", token: new Secret("t") };
    assert.deepEqual(await engine.read(type, "7", state), { id: "7", state });
    assert.deepEqual(await engine.read(type, "7", {}), { id: "", state: {} });
  });

  it("calls functions, after checking their arguments", async () => {
    assert.deepEqual(await engine.invoke("sample:index:shout", { text: new Secret("a") }), {
      text: new Secret("a"),
      loud: "A",
    });
    await assert.rejects(engine.invoke("sample:index:shout", {}), /text is missing/);
    await assert.rejects(
      engine.invoke("sample:index:other", {}),
      /has no function sample:index:other; it has sample:index:shout/,
    );
  });

  it("serves kinds of resources that are not listed, when the provider makes them up", async () => {
    assert.deepEqual(await engine.make("sample:made-up:Thing", { any: 1 }), {
      id: "sample:made-up:Thing",
      state: { any: 1 },
    });
    await assert.rejects(
      engine.create("sample:index:Nothing", {}),
      /no resource sample:index:Nothing; it has sample:index:Joined/,
    );
  });

  it("stops work at the resource's time limit", async () => {
    await assert.rejects(engine.create(type, { left: "hang" }, { timeoutSeconds: 0.05 }), {
      message: "stopped after 0.05 s, which is the resource's custom timeout",
    });
  });

  it("stops all work when the update is cancelled, also what comes later", async () => {
    const work = assert.rejects(engine.create(type, { left: "hang" }), { message: "the update was cancelled" });
    await engine.cancel();
    await work;
  });
});
