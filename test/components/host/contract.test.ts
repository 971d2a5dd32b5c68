import assert from "node:assert/strict";
import { ListenVia } from "../../../components/app/listen";
import { ServeBy } from "../../../components/app/route/route";
import { hostContract } from "../../../components/host/contract";
import { sampleApp } from "../app/sample-app";

const process = { command: ["/usr/bin/api"] };

describe("hostContract", () => {
  it("names every instance of an app, and the folder that it runs in", () => {
    const { services, directories } = hostContract([sampleApp({ name: "api", process: { ...process, instances: 2 } })]);
    assert.deepEqual(services, ["app-api.service", "app-api_2.service"]);
    assert.deepEqual(Object.keys(directories), services);
  });

  it("has the Redis of an app run, in no folder of the app", () => {
    const { services, directories } = hostContract([sampleApp({ name: "api", process, redis: {} })]);
    assert.deepEqual(services, ["app-api.service", "app-api_redis.service"]);
    assert.deepEqual(Object.keys(directories), ["app-api.service"]);
  });

  it("names the service of what an app answers, and none where files are served", () => {
    const domain = "www.example.com";
    const routes = [{ domain }, { domain, path: "/files/", serve: ServeBy.Files }];
    assert.deepEqual(hostContract([sampleApp({ name: "api", process, routes })]).routes, [
      { domain, path: "/", service: "app-api.service" },
      { domain, path: "/files/" },
    ]);
  });

  it("says nothing of expressions, which cannot be told by where they begin", () => {
    const routes = [{ domain: "www.example.com", pattern: "/.*/Search/" }];
    assert.deepEqual(hostContract([sampleApp({ name: "api", process, routes })]).routes, []);
  });

  it("has a port of an app's own reached by the web server alone", () =>
    assert.deepEqual(
      hostContract([sampleApp({ name: "api", process, listen: { via: ListenVia.Port, port: 8000 } })]).appPorts,
      [8000],
    ));
});
