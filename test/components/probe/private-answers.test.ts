import assert from "node:assert/strict";
import type { ProbeRequest } from "../../../components/probe/ask";
import { probePrivateAnswers } from "../../../components/probe/private-answers";
import { answering } from "./answers";

const url = "https://www.example.com/account/";
const fix = 'say "private" or "no-store" in its Cache-Control, as a route\'s "freshness" does';

describe("probePrivateAnswers", () => {
  const reasons = async (control: string | undefined, status = 200): Promise<string[]> => {
    const ask = answering(control === undefined ? {} : { "Cache-Control": control }, { status });
    return (await probePrivateAnswers(ask, url, { logins: [{ Cookie: "a=b" }] })).map(({ reason }) => reason);
  };

  for (const control of ["private", "no-store", "private, max-age=60, stale-while-revalidate=30", "No-Store, PRIVATE"])
    it(`finds nothing wrong with ${control}`, async () => assert.deepEqual(await reasons(control), []));

  for (const control of [
    "public, max-age=60",
    "max-age=60",
    "no-cache",
    "private, s-maxage=60",
    'private="set-cookie"',
  ])
    it(`says that shared caches may keep what says ${control}`, async () =>
      assert.deepEqual(await reasons(control), [`lets shared caches keep the answer to Cookie: ${control}`]));

  it("says that they may keep what says nothing, unless it is an error", async () => {
    assert.deepEqual(await reasons(undefined), ["lets shared caches keep the answer to Cookie: no Cache-Control"]);
    assert.deepEqual(await reasons(undefined, 404), []);
    assert.deepEqual(await reasons("public, max-age=60", 404), [
      "lets shared caches keep the answer to Cookie: public, max-age=60",
    ]);
  });

  it("asks as somebody with a cookie, and as somebody with a password, with what it is to send", async () => {
    const sent: (ProbeRequest["headers"] | undefined)[] = [];
    const ask = answering(({ headers = {} }) => {
      sent.push(headers);
      return { "Cache-Control": headers["Authorization"] === undefined ? "private" : "public" };
    });
    assert.deepEqual(await probePrivateAnswers(ask, url, { request: { headers: { Accept: "text/html" } } }), [
      { url, reason: "lets shared caches keep the answer to Authorization: public", fix },
    ]);
    assert.deepEqual(
      sent.map((headers) => Object.keys(headers ?? {})),
      [["Accept", "Cookie"], ["Accept", "Authorization"], ["Accept"]],
    );
  });

  it("holds an answer that sets a cookie for private, whoever asks", async () => {
    const ask = answering(({ headers = {} }): Record<string, string> =>
      headers["Cookie"] ? { "Cache-Control": "private" } : { "Set-Cookie": "a=b", "Cache-Control": "max-age=60" },
    );
    assert.deepEqual(await probePrivateAnswers(ask, url, { logins: [{ Cookie: "a=b" }] }), [
      { url, reason: "lets shared caches keep an answer that sets a cookie: max-age=60", fix },
    ]);
  });

  it("says that a cache has given it already", async () => {
    const ask = answering({ "Cache-Control": "private", Age: "12" });
    assert.deepEqual(await probePrivateAnswers(ask, url, { logins: [{ Cookie: "a=b" }] }), [
      {
        url,
        reason: "has the answer to Cookie from a cache, for 12 s",
        fix: "have the cache ask for each of them",
      },
    ]);
  });
});
