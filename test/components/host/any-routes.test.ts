import assert from "node:assert/strict";
import fc from "fast-check";
import type { App } from "../../../components/app/app";
import type { Route } from "../../../components/app/route/route";
import { programAbilities } from "../../../components/app/validation/web-programs";
import { type Web, WebProgram } from "../../../components/app/web";
import { literalDomains } from "../../../components/app/route/domains";
import { apacheProblems } from "../../../components/host/apache/problems";
import { guest } from "../../../components/host/guest";
import { compressionProblems } from "../../../components/host/haproxy/compression";
import { haproxyFiles } from "../../../components/host/haproxy/files";
import { directHops } from "../../../components/host/hops";
import { RunningApache } from "./apache/running-apache";
import { anyApps, routeWords, wordsOf } from "./any-routes";
import { haproxyComplaints } from "./haproxy/configuration-check";
import { RunningNginx } from "./nginx/running-nginx";

describe("routes that say anything valid", function () {
  this.timeout(240_000);

  /** Every word that the program can do has been said when it is through. */
  const takes = (
    apps: fc.Arbitrary<App[]>,
    program: WebProgram,
    complaints: (apps: readonly App[]) => string,
    numRuns: number,
  ): void => {
    const said = new Set<keyof Route>();
    fc.assert(
      fc.property(apps, (some) => {
        for (const word of wordsOf(some)) said.add(word);
        assert.equal(complaints(some), "");
      }),
      { numRuns },
    );
    const { route } = programAbilities[program];
    assert.deepEqual(
      routeWords.filter((word) => typeof route[word] !== "string" && !said.has(word)),
      [],
    );
  };

  it("are taken by nginx without a word", () => {
    const web: Web = {};
    takes(anyApps(web), WebProgram.Nginx, (apps) => RunningNginx.check(apps, web), 40);
  });

  it("are taken by httpd without a word", () => {
    const web: Web = { program: WebProgram.Apache };
    const apps = anyApps(web, apacheProblems);
    takes(apps, WebProgram.Apache, (some) => RunningApache.check(some), 40);
  });

  it("are taken by HAProxy without a word", () => {
    const web: Web = { program: WebProgram.HAProxy };
    const apps = anyApps(web, compressionProblems);
    const complaints = (some: readonly App[]): string =>
      haproxyComplaints(haproxyFiles(some, directHops, guest(12), web), literalDomains(some));
    takes(apps, WebProgram.HAProxy, complaints, 40);
  });
});
