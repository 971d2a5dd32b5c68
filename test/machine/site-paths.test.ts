import { pathsApps, pathsBehaviour } from "../behaviour/paths";
import { useSite } from "./site";

describe("the path that an app sees", function () {
  this.timeout(30_000);
  pathsBehaviour(useSite({ debian: 12, apps: [...pathsApps] }));
});
