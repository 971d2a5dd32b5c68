import type { App } from "../../../../components/app/app";
import { withLiteralDomains } from "../../../../components/app/route/domains";
import { patternsApps, patternsBehaviour } from "../../../behaviour/patterns";
import { useLoopbackServer } from "../loopback-subject";
import { RunningHaproxy } from "./running-haproxy";

describe("by a real HAProxy", function () {
  this.timeout(30_000);
  const by = (apps: readonly App[]) => {
    const all = withLiteralDomains(apps);
    return useLoopbackServer(all, () => RunningHaproxy.start(all));
  };

  describe("patterns", () => patternsBehaviour(by(patternsApps)));
});
