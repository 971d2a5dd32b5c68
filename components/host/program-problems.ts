import { App } from "../app/app";
import { Problem } from "../app/problem";
import { Web, WebProgram } from "../app/web";

// What a host does not have is not loaded: a preview waits for each file.
const loadApacheProblems = () => (require("./apache/problems") as typeof import("./apache/problems")).apacheProblems;
const loadHaproxyProblems = () =>
  (require("./haproxy/compression") as typeof import("./haproxy/compression")).compressionProblems;

/** What the chosen web server cannot do of its apps. nginx can do it all, what hands requests to apps in front of it cannot. */
export function programProblems(apps: readonly App[], { program, front }: Web): Problem[] {
  switch (program) {
    case WebProgram.Apache:
      return loadApacheProblems()(apps);
    case WebProgram.HAProxy:
      return loadHaproxyProblems()(apps);
    default:
      return front?.direct ? loadHaproxyProblems()(apps, front.direct) : [];
  }
}
