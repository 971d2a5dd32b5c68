import { corsApps, corsBehaviour } from "../../../behaviour/cors";
import {
  hardeningApps,
  hardeningBehaviour,
  hardeningFolders,
  burstApps,
  burstBehaviour,
} from "../../../behaviour/hardening";
import { useLoopback } from "./loopback-subject";

describe("hardening by a real nginx", function () {
  this.timeout(30_000);
  const site = useLoopback([...hardeningApps, ...burstApps], {}, hardeningFolders);
  hardeningBehaviour(site);
  describe("limits", () => burstBehaviour(site));
});

describe("what pages of other origins may read, by a real nginx", function () {
  this.timeout(30_000);
  corsBehaviour(useLoopback(corsApps));
});
