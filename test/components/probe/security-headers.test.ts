import assert from "node:assert/strict";
import { SecurityPreset, ServerHeader } from "../../../components/app/route/security";
import { probeSecurityHeaders } from "../../../components/probe/security-headers";
import { answering } from "./answers";

const url = "https://www.example.com/";
const usual = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

describe("probeSecurityHeaders", () => {
  const reasons = async (headers: Record<string, string | string[]>, expected = {}): Promise<string[]> =>
    (await probeSecurityHeaders(answering(headers), url, expected)).map(({ reason }) => reason);

  it("finds nothing wrong with the usual headers, and with an app's own in their place", async () => {
    assert.deepEqual(await reasons(usual), []);
    assert.deepEqual(await reasons({ ...usual, "X-Frame-Options": "DENY" }), []);
  });

  it("says what is missing, and what to do", async () => {
    const { "X-Frame-Options": _, ...rest } = usual;
    assert.deepEqual(await probeSecurityHeaders(answering(rest), url), [
      { url, reason: "says no X-Frame-Options", fix: 'let the web server say "SAMEORIGIN"' },
    ]);
  });

  it("says what is there twice, wrong, or tells too much", async () =>
    assert.deepEqual(
      await reasons({
        ...usual,
        "X-Content-Type-Options": "sniff",
        "X-Frame-Options": ["SAMEORIGIN", "SAMEORIGIN"],
        "X-Powered-By": "PHP/5",
        Server: "nginx/1.22.1",
      }),
      [
        "says X-Content-Type-Options: sniff",
        "says X-Frame-Options 2 times",
        "tells x-powered-by: PHP/5",
        "tells Server: nginx/1.22.1",
      ],
    ));

  it("holds an answer against what the route says, and against Strict-Transport-Security", async () => {
    const security = { framedBy: ["*"], server: ServerHeader.App };
    const headers = { ...usual, Server: "app/1" };
    assert.deepEqual(await reasons(headers, { security, strictTransport: "max-age=1" }), [
      "says X-Frame-Options: SAMEORIGIN, which nobody is to say",
      "says no Strict-Transport-Security",
    ]);
    assert.deepEqual(await reasons({ ...usual, "Strict-Transport-Security": "max-age=1" }, { strictTransport: null }), [
      "says Strict-Transport-Security: max-age=1",
    ]);
  });

  it("misses the policies of the strict preset", async () =>
    assert.deepEqual(await reasons(usual, { security: { preset: SecurityPreset.Strict } }), [
      "says no Content-Security-Policy",
      "says no Content-Security-Policy",
      "says no Cross-Origin-Opener-Policy",
      "says no Cross-Origin-Resource-Policy",
    ]));
});
