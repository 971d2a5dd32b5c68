import { withLiteralDomains } from "../../../../components/app/route/domains";
import { patternsApps, patternsBehaviour } from "../../../behaviour/patterns";
import { useLoopbackServer } from "../loopback-subject";
import { RunningHaproxy } from "./running-haproxy";

describe("by a real HAProxy", function () {
  this.timeout(30_000);

  describe("patterns", () => {
    const apps = withLiteralDomains(patternsApps);
    patternsBehaviour(useLoopbackServer(apps, () => RunningHaproxy.start(apps)));
  });
});
