import assert from "node:assert/strict";
import { join } from "node:path";
import { Site } from "../../../components/aws/site";
import { SiteArgs, SiteShape } from "../../../components/aws/site-args";
import { projectRoot } from "../../../toolchain/commands/project";
import { draw } from "../../../toolchain/pictures/draw";
import { shapeGraph } from "../../../toolchain/pictures/shape-graph";
import { useOwnCache } from "../../components/aws/own-cache";
import { Account, record } from "../../components/aws/recorded";
import { gitApp } from "../../components/aws/sample-place";
import { assertGolden } from "../../components/host/golden";

const apps = [gitApp(), gitApp({ name: "shop", routes: [{ domain: "www.example.com" }] })];
const fleet = { minimum: 2, maximum: 6 };

/** What each shape is made from. */
const described: Record<string, Omit<SiteArgs, "apps">> = {
  [SiteShape.Server]: {},
  [SiteShape.ServerCdn]: { shape: SiteShape.ServerCdn },
  [SiteShape.Fleet]: { shape: SiteShape.Fleet, fleet },
  [SiteShape.FleetCdn]: { shape: SiteShape.FleetCdn, fleet },
};

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["us-west-2a", "us-west-2b", "us-west-2c"] }),
};

describe("the pictures of a site's shapes", function () {
  this.timeout(30_000);
  useOwnCache();

  it("are there for each shape", () =>
    assert.deepEqual(Object.keys(described).sort(), Object.values<string>(SiteShape).sort()));

  for (const [shape, args] of Object.entries(described)) {
    it(`are what the program makes: ${shape}`, async () => {
      const { resources } = await record(() => new Site("web", { apps, ...args }), { answers });
      assertGolden(join(projectRoot, "docs/pictures", `${shape}.svg`), await draw(shapeGraph(resources)));
    });
  }
});
