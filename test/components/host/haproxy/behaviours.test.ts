import type { App } from "../../../../components/app/app";
import { withLiteralDomains } from "../../../../components/app/route/domains";
import { corsApps, corsBehaviour } from "../../../behaviour/cors";
import { hardeningBehaviour, hardeningProcesses } from "../../../behaviour/hardening";
import { patternsApps, patternsBehaviour } from "../../../behaviour/patterns";
import { limitedApps, limitsBehaviour } from "../limits-behaviour";
import { useLoopbackServer } from "../loopback-subject";
import { RunningHaproxy } from "./running-haproxy";

describe("by a real HAProxy", function () {
  this.timeout(30_000);
  const by = (apps: readonly App[]) => {
    const all = withLiteralDomains(apps);
    return useLoopbackServer(all, () => RunningHaproxy.start(all));
  };

  describe("patterns", () => patternsBehaviour(by(patternsApps)));
  describe("hardening", () => hardeningBehaviour(by(hardeningProcesses), false));
  describe("limits", () => limitsBehaviour((front) => RunningHaproxy.start(limitedApps, { front })));
  describe("what pages of other origins may read", () => corsBehaviour(by(corsApps)));
});
