import assert from "node:assert/strict";
import { App, BalanceMethod, WebProgram } from "../../../../components";
import { webProblems } from "../../../../components/app/validation/web";

const first = { address: "10.0.0.1", port: 80 };
const second = { address: "10.0.0.2", port: 80 };

const shop = (changes: Partial<App>): App => ({
  name: "shop",
  source: {},
  servers: [first, second],
  routes: [{ domain: "shop.example.com" }],
  ...changes,
});

/** The paths of what nginx cannot do of an app. */
const refused = (changes: Partial<App>): string[] => webProblems({}, [shop(changes)]).map(({ path }) => path);

describe("nginx", () => {
  it("shares out requests by a limit of connections, to backups, and by cookies", () => {
    assert.deepEqual(
      refused({
        servers: [
          { ...first, maxConnections: 5 },
          { ...second, backup: true },
        ],
      }),
      [],
    );
    assert.deepEqual(refused({ balance: { sticky: true } }), []);
  });

  it("lets no request wait for a free connection", () => {
    const servers = [{ ...first, maxConnections: 5 }];
    assert.deepEqual(refused({ servers, balance: { queueSeconds: 5 } }), ["apps[0].balance.queueSeconds"]);
  });

  it("knows no backups where addresses of clients decide", () => {
    const balance = { method: BalanceMethod.ClientAddress };
    assert.deepEqual(refused({ servers: [first, { ...second, backup: true }], balance }), [
      "apps[0].servers[1].backup",
    ]);
  });

  it("holds no limit of connections where clients stay", () => {
    const servers = [first, { ...second, maxConnections: 5 }];
    assert.deepEqual(refused({ servers, balance: { sticky: true } }), ["apps[0].servers[1].maxConnections"]);
  });

  it("cannot tell which server a client stays at by its name", () => {
    const servers = [{ address: "web-1.internal", port: 80 }, second];
    assert.deepEqual(refused({ servers, balance: { sticky: true } }), ["apps[0].servers[0].address"]);
  });

  it("has limits that are not those of other programs", () => {
    const apps = [shop({ servers: [{ ...first, maxConnections: 5 }], balance: { queueSeconds: 5 } })];
    const problems = webProblems({ program: WebProgram.HAProxy }, apps);
    assert.deepEqual(
      problems.filter(({ path }) => path.startsWith("apps")),
      [],
    );
  });
});
