import { pathsThrough } from "../paths-behaviour";
import { oddPrefix, useTraffic } from "./traffic";

describe("paths through a real nginx", function () {
  this.timeout(30_000);
  pathsThrough(useTraffic(), {
    oddPrefix,
    odd: oddPrefix.replace("%", "%25"),
    more: [
      ["/board%2Fa", "board", "/a"],
      ["/board/$host;{}", "board", "/$host;{}"],
      ["/deep//down//x", "deep", "//x"],
    ],
  });
});
