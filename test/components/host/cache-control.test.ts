import assert from "node:assert/strict";
import { cacheControl } from "../../../components/host/cache-control";

describe("cacheControl", () => {
  const table: [Parameters<typeof cacheControl>[0], number, string][] = [
    [{ seconds: 5 }, 5, "public, max-age=5"],
    [{ seconds: 5 }, 0, "no-cache"],
    [{ seconds: 5, private: true }, 0, "private, no-cache"],
    [{ seconds: 0, sharedSeconds: 9 }, 0, "public, max-age=0, s-maxage=9"],
    [{ seconds: 5, sharedSeconds: 0 }, 5, "public, max-age=5, s-maxage=0"],
    [{ seconds: 5, sharedSeconds: 9, private: true }, 5, "private, max-age=5"],
    [{ seconds: 5, staleSeconds: 3, immutable: true }, 5, "public, max-age=5, stale-while-revalidate=3, immutable"],
  ];
  for (const [freshness, seconds, value] of table)
    it(`is "${value}" for ${JSON.stringify(freshness)}, ${seconds} s`, () =>
      assert.equal(cacheControl(freshness, seconds), value));
});
