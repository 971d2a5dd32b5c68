import { corsApps, corsBehaviour } from "../../../behaviour/cors";
import { hardeningApps, hardeningBehaviour, hardeningFolders } from "../../../behaviour/hardening";
import { useApache } from "./loopback-subject";

describe("hardening by a real httpd", function () {
  this.timeout(30_000);
  hardeningBehaviour(useApache(hardeningApps, hardeningFolders));
});

describe("what pages of other origins may read, by a real httpd", function () {
  this.timeout(30_000);
  corsBehaviour(useApache(corsApps));
});
