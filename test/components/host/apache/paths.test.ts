import { pathsThrough } from "../paths-behaviour";
import { oddPrefix, useTraffic } from "./traffic";

describe("paths through a real httpd", function () {
  this.timeout(30_000);
  pathsThrough(useTraffic(), {
    oddPrefix,
    more: [
      // nginx would hand this to `board`; to httpd an encoded slash parts no segments.
      ["/board%2Fa", "root", "/board%2Fa"],
      ["/board/$host;%7B%7D", "board", "/$host;%7B%7D"],
    ],
  });
});
