import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { logGroups } from "../../../../components/host/cloudwatch-agent/log-groups";

const api: App = {
  name: "nginx", // an app may have this name
  source: { directory: "api" },
  process: { command: ["./api"] },
  routes: [{ domain: "api.example.com" }],
};
const files: App = {
  name: "files",
  source: { directory: "files" },
  routes: [{ domain: "example.com", serve: "files" }],
};
const mail: App = { name: "mail", source: { directory: "mail" }, process: { command: ["./mail"] } };

describe("logGroups", () => {
  it("has one for each app that runs and two for nginx, below one name", () => {
    assert.deepEqual(logGroups("/landfall/demo/dev/web", [api, files]), {
      "nginx/access": "/landfall/demo/dev/web/nginx/access",
      "nginx/error": "/landfall/demo/dev/web/nginx/error",
      nginx: "/landfall/demo/dev/web/nginx",
    });
  });

  it("has those of another web server under its name", () => {
    assert.deepEqual(Object.keys(logGroups("/landfall/demo/dev/web", [files], "apache2")), [
      "apache2/access",
      "apache2/error",
    ]);
  });

  it("has none for nginx where there is no web site", () => {
    assert.deepEqual(Object.keys(logGroups("/landfall/demo/dev/web", [mail])), ["mail"]);
  });
});
