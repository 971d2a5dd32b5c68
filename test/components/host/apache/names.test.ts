import assert from "node:assert/strict";
import { withAliases } from "../../../../components/app/names";
import { apacheFiles } from "../../../../components/host/apache/files";
import { guest } from "../../../../components/host/guest";
import { directHops } from "../../../../components/host/hops";
import { withNames } from "../../../../components/host/names";
import { namesApps, namesWeb } from "../../../behaviour/names";
import { plainNamesBehaviour } from "../plain-names-behaviour";
import { RunningApache } from "./running-apache";

describe("names of httpd", function () {
  this.timeout(30_000);
  plainNamesBehaviour(
    (apps, hops, web) => RunningApache.start(apps, hops, {}, web),
    (server, token, proof) => server.addChallenge(token, proof),
  );

  it("are listened for on their ports, and nowhere else", () => {
    const all = withAliases(namesApps, namesWeb);
    const files = apacheFiles(all, withNames(directHops, all, namesWeb), guest(12), namesWeb);
    const text = files.map(({ content }) => content).join("\n");
    const said = (words: RegExp): string[] => [...new Set([...text.matchAll(words)].map(([, port]) => port ?? ""))];
    assert.deepEqual(said(/^Listen (\d+)$/gm), ["80", "8080", "443", "9988"]);
    assert.deepEqual(said(/<VirtualHost "?\*:(\d+)"?>/g).sort(), ["443", "80", "8080", "9988"]);
  });
});
