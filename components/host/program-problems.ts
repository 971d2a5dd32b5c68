import { App } from "../app/app";
import { Problem } from "../app/problem";
import { Web, WebProgram } from "../app/web";
import { HopChain } from "./hops";

// What a host does not have is not loaded: a preview waits for each file.
const loadApacheProblems = () => (require("./apache/problems") as typeof import("./apache/problems")).apacheProblems;
const loadHaproxyProblems = () =>
  (require("./haproxy/hop-problems") as typeof import("./haproxy/hop-problems")).haproxyHopProblems;

/** What the chosen web server cannot do of the hops in front of it and of its apps. nginx can do it all. */
export function programProblems(hops: HopChain, apps: readonly App[], { program }: Web): Problem[] {
  switch (program) {
    case WebProgram.Apache:
      return loadApacheProblems()(apps);
    case WebProgram.HAProxy:
      return loadHaproxyProblems()(hops);
    default:
      return [];
  }
}
