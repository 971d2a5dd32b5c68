import assert from "node:assert/strict";
import { presetHeaders, usualHeaders } from "../../../components/host/answer-policy";
import { SecurityPreset } from "../../../components/app/route/security";
import type { Ask } from "../../../components/probe/ask";
import { observatoryScore } from "../../../components/probe/observatory";
import { answering } from "./answers";

const url = "https://www.example.com/";
const plainUrl = "http://www.example.com/";

/** A page, and a redirect to it from plain HTTP. */
const site =
  (headers: Record<string, string | string[]>, body = "", location = url): Ask =>
  (asked, request) =>
    asked === plainUrl
      ? answering({ Location: location }, { status: 308 })(asked, request)
      : answering({ "Content-Type": "text/html", ...headers }, { body })(asked, request);

const score = async (...given: Parameters<typeof site>): Promise<number> =>
  (await observatoryScore(site(...given), url, plainUrl)).score;

const transport = { "Strict-Transport-Security": "max-age=63072000" };
const said = (preset: SecurityPreset): Record<string, string[]> => {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of presetHeaders(preset)) headers[name] = [...(headers[name] ?? []), value];
  for (const { name, value } of usualHeaders) headers[name] ??= [value];
  return headers;
};

describe("observatoryScore", () => {
  it("takes off what the published table takes off", async () => {
    // No policy -25, no Strict-Transport-Security -20, no nosniff -5, no X-Frame-Options -20.
    assert.equal(await score({}), 30);
    assert.equal(await score(transport), 50);
    assert.equal(await score({ ...transport, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY" }), 75);
  });

  it("gives the usual headers 75, and no bonus below 90", async () =>
    assert.equal(await score({ ...said(SecurityPreset.Usual), ...transport }), 75));

  it("gives the strict preset 130: policy 10, resource policy 10, referrer 5, frames 5", async () =>
    assert.equal(await score({ ...said(SecurityPreset.Strict), ...transport }), 130));

  const strict = { ...said(SecurityPreset.Strict), ...transport };
  const worse: [what: string, loss: number, ...Parameters<typeof site>][] = [
    [
      "scripts in the page",
      50,
      { ...strict, "Content-Security-Policy": "script-src 'unsafe-inline'; object-src 'none'" },
    ],
    [
      "answers that anybody may read with cookies",
      80,
      {
        ...strict,
        "Access-Control-Allow-Origin": "https://observatory.example.net",
        "Access-Control-Allow-Credentials": "true",
      },
    ],
    ["foreign scripts without TLS", 80, strict, '<script src="http://other.example/x.js"></script>'],
    ["a session without HttpOnly", 60, { ...strict, "Set-Cookie": "sessionid=1; Secure; SameSite=Lax" }],
    ["no redirect to TLS", 50, strict, "", plainUrl],
  ];
  for (const [what, loss, ...given] of worse)
    it(`takes off for ${what}`, async () => assert.equal(await score(...given), 130 - loss));
});
