import assert from "node:assert/strict";
import { chooseDebian } from "../../../components/app/debian";
import { sampleApp } from "./sample-app";

const anywhere = sampleApp({ name: "anywhere" });
const old = sampleApp({ name: "old", debian: [12] });
const recent = sampleApp({ name: "recent", debian: [13] });

describe("chooseDebian", () => {
  it("takes the newest release when no app minds", () => {
    assert.deepEqual(chooseDebian([anywhere]), { debian: 13, problems: [] });
  });

  it("takes the newest release for a host without apps", () => {
    assert.deepEqual(chooseDebian([]), { debian: 13, problems: [] });
  });

  it("takes the release that one of the apps needs", () => {
    assert.deepEqual(chooseDebian([anywhere, old]), { debian: 12, problems: [] });
  });

  it("takes the release that is asked for", () => {
    assert.deepEqual(chooseDebian([anywhere], 12), { debian: 12, problems: [] });
  });

  it("names both apps that have no release in common", () => {
    assert.deepEqual(chooseDebian([anywhere, old, recent]), {
      debian: null,
      problems: [
        {
          path: "apps[2].debian",
          value: [13],
          reason: "of app 'recent' has no release in common with Debian 12 of app 'old'",
          fix: "put one of the two on a host of its own",
        },
      ],
    });
  });

  it("refuses a release that an app cannot run on, and names both", () => {
    assert.deepEqual(chooseDebian([anywhere, old], 13), {
      debian: null,
      problems: [
        {
          path: "debian",
          value: 13,
          reason: "is a release that app 'old' cannot run on",
          fix: "use Debian 12, or put that app on a host of its own",
        },
      ],
    });
  });

  it("refuses a release that no host can run", () => {
    assert.deepEqual(chooseDebian([anywhere], 11), {
      debian: null,
      problems: [
        { path: "debian", value: 11, reason: "is not a release that hosts can run", fix: "use Debian 13 or Debian 12" },
      ],
    });
  });
});
