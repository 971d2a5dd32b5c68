import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import {
  places,
  serverReach,
  serviceUnits,
  sharing,
  stayCookie,
  stayCookiePath,
} from "../../../components/host/places";

const app = (changes: Partial<App>): App => ({
  name: "my-shop",
  source: {},
  routes: [{ domain: "a.example" }],
  ...changes,
});
const running = (instances?: number): App => app({ process: { command: ["serve"], ...(instances && { instances }) } });
const one = { address: "10.0.0.1", port: 80 };
const two = { address: "fd00::2", port: 8080 };

describe("places", () => {
  const where = (described: App): (string | null)[] =>
    places(described).map(({ socket, authority }) => socket ?? authority);

  it("are the sockets of instances, the first as of an app that has no more", () => {
    assert.deepEqual(where(running()), ["/run/landfall/my-shop.sock"]);
    assert.deepEqual(where(running(2)), ["/run/landfall/my-shop.sock", "/run/landfall/my-shop_2.sock"]);
  });

  it("are what an app says that it listens on by itself", () => {
    assert.deepEqual(where({ ...running(), listen: { via: ListenVia.Port, port: 8000 } }), ["127.0.0.1:8000"]);
    assert.deepEqual(where({ ...running(), listen: { via: ListenVia.Socket } }), [
      "/run/landfall-my-shop/my-shop.sock",
    ]);
  });

  it("are servers elsewhere, as URLs have them", () => {
    assert.deepEqual(where(app({ servers: [one, two] })), ["10.0.0.1:80", "[fd00::2]:8080"]);
  });

  it("keep their names when others come before them, and do not tell where they are", () => {
    const id = (...servers: (typeof one)[]): string => places(app({ servers })).at(-1)!.id;
    assert.equal(id(two), id(one, two));
    assert.match(id(two), /^[0-9a-f]{8}$/);
    assert.notEqual(id(one), id(two));
  });
});

describe("sharing", () => {
  it("leaves out a server that fails, and never an instance, which systemd starts again", () => {
    assert.equal(sharing(app({ servers: [one, two] })).maxFails, 3);
    assert.equal(sharing(running(2)).maxFails, 0);
    assert.equal(sharing({ ...running(2), balance: { maxFails: 5 } }).maxFails, 5);
  });
});

describe("the cookie of clients that stay", () => {
  it("has a name that no other app's has", () => assert.equal(stayCookie("my-shop"), "landfall_my_shop"));

  it("is for the app's own path, where it has one alone", () => {
    const at = (...paths: string[]): string =>
      stayCookiePath(app({ routes: paths.map((path) => ({ domain: "a.example", path })) }));
    assert.deepEqual([at("/x/"), at("/x/", "/y/"), at("/x/", "/x/")], ["/x/", "/", "/x/"]);
    assert.equal(at("/x;y/"), "/", "a semicolon would end the path");
  });
});

describe("what a host is to reach and run", () => {
  it("are its servers elsewhere", () => {
    assert.deepEqual(serverReach(app({ servers: [one, two, { address: "web-1.internal", port: 443 }] })), [
      { port: "80", peer: "10.0.0.1/32" },
      { port: "8080", peer: "fd00::2/128" },
      { port: "443", peer: "web-1.internal" },
    ]);
  });

  it("are the services of its instances, and none for what runs elsewhere", () => {
    assert.deepEqual(serviceUnits(running(2)), ["app-my-shop.service", "app-my-shop_2.service"]);
    assert.deepEqual(serviceUnits(app({ servers: [one] })), []);
  });
});
