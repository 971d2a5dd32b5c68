import { ServeBy } from "../../../../components/app/route/route";
import { corsApps, corsBehaviour } from "../../../behaviour/cors";
import { hardeningApps, hardeningBehaviour } from "../../../behaviour/hardening";
import { useLoopback } from "./loopback-subject";

const folders = hardeningApps
  .filter(({ routes }) => routes?.[0]?.serve === ServeBy.Files)
  .map(({ name, source }): [string, string] => [name, source.directory ?? ""]);

describe("hardening by a real nginx", function () {
  this.timeout(30_000);
  hardeningBehaviour(useLoopback(hardeningApps, {}, Object.fromEntries(folders)));
});

describe("what pages of other origins may read, by a real nginx", function () {
  this.timeout(30_000);
  corsBehaviour(useLoopback(corsApps));
});
