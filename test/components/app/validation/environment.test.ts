import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const variable = (name: string, value: string) => sampleApp({ environment: { [name]: value } });

describe("the environment of an app", () => {
  for (const value of ["", "$HOME; rm -rf / %n \"'\\`", "a\tb", "Füße 🚀", "=a=b"]) {
    it(`carries ${JSON.stringify(value)}`, () => {
      assert.deepEqual(problemsOf(variable("A", value)), []);
    });
  }

  const uncarried: [string, string][] = [
    ["a\nb", "contains a line break"],
    ["a\rb", "contains a line break"],
    ["a\0b", "contains a NUL character"],
    ["a\u001bb", "contains a control character"],
    ["a\u0085b", "contains a control character"],
    ["a\ud800b", "contains half of a surrogate pair, which UTF-8 cannot carry"],
  ];
  for (const [value, reason] of uncarried) {
    it(`cannot carry ${JSON.stringify(value)}`, () => {
      assert.deepEqual(problemsOf(variable("A", value)), [
        `apps[0].environment.A: ${reason}; put such a value into a file of the source or a secret`,
      ]);
    });
  }

  it("cannot carry more than Linux takes", () => {
    assert.deepEqual(problemsOf(variable("A", "a".repeat(131069))), []);
    assert.deepEqual(pathsOf(variable("A", "a".repeat(131070))), ["apps[0].environment.A"]);
  });

  for (const name of ["A", "_a", "PATH_2"]) {
    it(`has the variable ${name}`, () => {
      assert.deepEqual(problemsOf(variable(name, "")), []);
    });
  }

  for (const name of ["", "1A", "A-B", "A B", "A=B", "Ä", "A\n"]) {
    it(`has no variable ${JSON.stringify(name)}`, () => {
      assert.equal(problemsOf(variable(name, "")).length, 1);
    });
  }

  for (const name of ["LISTEN_FDS", "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET"]) {
    it(`leaves ${name} to systemd`, () => {
      assert.deepEqual(problemsOf(variable(name, "")), [
        `apps[0].environment.${name}: "${name}" is set by systemd; use another name`,
      ]);
    });
  }

  it("takes every text that is one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        fc.pre(!/\p{Cc}/u.test(value));
        assert.deepEqual(problemsOf(variable("A", value)), []);
      }),
    );
  });
});

describe("the secrets of an app", () => {
  it("are named like files", () => {
    const secrets = ["cookie-secret", "a", "", "A", "../a", "a_b", "-a"].map((name) => ({ name }));
    assert.deepEqual(
      pathsOf(sampleApp({ secrets })),
      [2, 3, 4, 5, 6].map((index) => `apps[0].secrets[${index}].name`),
    );
  });

  it("are there once", () => {
    assert.deepEqual(problemsOf(sampleApp({ secrets: [{ name: "a" }, { name: "a" }] })), [
      'apps[0].secrets[1].name: "a" is there twice; leave one out',
    ]);
  });

  it("share no variable with the environment or each other", () => {
    const app = sampleApp({
      environment: { A: "1" },
      secrets: [
        { name: "a", environment: "A" },
        { name: "b", environment: "B" },
        { name: "c", environment: "B" },
      ],
    });
    assert.deepEqual(problemsOf(app), [
      'apps[0].secrets[0].environment: "A" is already set by environment; use another variable',
      'apps[0].secrets[2].environment: "B" is already set by secrets[1]; use another variable',
    ]);
  });
});

describe("the data folders of an app", () => {
  it("lie below its data folder, each once", () => {
    const data = ["messages", "a/b", "/var", "../x", "messages", ""];
    assert.deepEqual(
      pathsOf(sampleApp({ data })),
      [2, 3, 5, 4].map((index) => `apps[0].data[${index}]`),
    );
  });
});

describe("the folders that an app shares", () => {
  const problems = (app: object): string[] => problemsOf(sampleApp(app));

  it("lie below its data folder, each once", () =>
    assert.deepEqual(pathsOf(sampleApp({ sharedData: ["uploads", "a/b", "/var", "uploads"] })), [
      "apps[0].sharedData[2]",
      "apps[0].sharedData[3]",
    ]));

  it("do not lie in each other", () =>
    assert.deepEqual(problems({ sharedData: ["a", "ab", "a/b"] }), [
      'apps[0].sharedData[2]: "a/b" lies in "a", which is shared as a whole; leave it out',
    ]));

  for (const [data, sharedData] of [
    ["a", "a"],
    ["a", "a/b"],
    ["a/b", "a"],
  ] as const)
    it(`do not lie in folders of its own, nor these in them: ${data} and ${sharedData}`, () =>
      assert.deepEqual(problems({ data: [data], sharedData: [sharedData] }), [
        `apps[0].sharedData[0]: "${sharedData}" and "${data}" of data lie in each other; name folders that stand side by side`,
      ]));

  it("are not where its Redis keeps what it keeps", () =>
    assert.deepEqual(pathsOf(sampleApp({ redis: {}, sharedData: [".redis"] })), ["apps[0].sharedData[0]"]));

  it("are of no use where nothing runs", () => {
    const app = { name: "docs", source: { directory: "docs" }, routes: [{ domain: "a.example", serve: "files" }] };
    assert.deepEqual(pathsOf({ ...app, sharedData: ["uploads"] }), ["apps[0].sharedData"]);
  });
});

describe("the Redis of an app", () => {
  const problems = (app: object): string[] => problemsOf(sampleApp(app));

  for (const redis of [{}, { environment: "CACHE_URL", memoryMiB: 8, whenFull: "noeviction" }]) {
    it(`can be ${JSON.stringify(redis)}`, () => {
      assert.deepEqual(problems({ redis }), []);
    });
  }

  it("has an address in a variable that can be one, and that nothing else sets", () => {
    assert.deepEqual(problems({ redis: { environment: "REDIS-URL" } }), [
      'apps[0].redis.environment: "REDIS-URL" is not the name of a variable; use letters, digits and underscores, no digit first',
    ]);
    assert.deepEqual(problems({ redis: {}, environment: { REDIS_URL: "redis://elsewhere" } }), [
      'apps[0].redis.environment: "REDIS_URL" is already set by environment; use another variable',
    ]);
    assert.deepEqual(problems({ redis: {}, secrets: [{ name: "other", environment: "REDIS_URL" }] }), [
      'apps[0].redis.environment: "REDIS_URL" is already set by secrets[0]; use another variable',
    ]);
  });

  for (const memoryMiB of [7, 65_537, 8.5]) {
    it(`does not have ${memoryMiB} MiB`, () => {
      assert.deepEqual(pathsOf(sampleApp({ redis: { memoryMiB } })), ["apps[0].redis.memoryMiB"]);
    });
  }

  it("forgets in a way that there is", () => {
    assert.deepEqual(problems({ redis: { whenFull: "allkeys-lr" } }), [
      'apps[0].redis.whenFull: "allkeys-lr" is not one of the choices; did you mean "allkeys-lru"?',
    ]);
  });

  it("keeps a secret's name and a folder to itself", () => {
    const taken = { redis: {}, secrets: [{ name: "redis-url" }], data: [".redis/copies"] };
    assert.deepEqual(pathsOf(sampleApp(taken)), ["apps[0].secrets[0].name", "apps[0].data[0]"]);
    assert.deepEqual(problems({ ...taken, redis: undefined }), []);
  });

  it("is of no use where nothing runs", () => {
    const app = { name: "docs", source: { directory: "docs" }, routes: [{ domain: "a.example", serve: "files" }] };
    assert.deepEqual(pathsOf({ ...app, redis: {} }), ["apps[0].redis"]);
  });
});
