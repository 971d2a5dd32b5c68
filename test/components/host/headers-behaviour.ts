import assert from "node:assert/strict";
import { type Answer, ask } from "./nginx/client";
import type { Traffic } from "./traffic";

/**
 * The security headers of answers, by whichever web server. Call it in the body of `describe`.
 *
 * @param server what it says of itself
 */
export function securityHeadersBehaviour(traffic: Traffic, server: string): void {
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);

  describe("security headers", () => {
    const expected = {
      "x-content-type-options": ["nosniff"],
      "x-frame-options": ["SAMEORIGIN"],
      "referrer-policy": ["strict-origin-when-cross-origin"],
      "permissions-policy": ["browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
      "strict-transport-security": ["max-age=63072000"],
      server: [server],
    };
    const pick = (answer: Answer): Record<string, string[] | undefined> =>
      Object.fromEntries(Object.keys(expected).map((name) => [name, answer.headers[name]]));

    for (const [what, path] of [
      ["an app", "/kept/"],
      ["an app without its prefix", "/board/"],
      ["a file", "/docs/"],
      ["a page that is not there", "/docs/none"],
      ["a hidden file", "/docs/.env"],
      ["a redirect", "/board"],
      ["a refused path", "/board/../x"],
    ] as const) {
      it(`are on the answer of ${what}, each once`, async () => assert.deepEqual(pick(await get(path)), expected));
    }

    it("are the app's own where it has them, each once", async () => {
      const own = {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self)",
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=0",
        Server: "app/1.2",
        "X-Powered-By": "app",
      };
      const answer = await get("/kept/", { headers: { "X-Answer": JSON.stringify(own), "X-Status": "500" } });
      assert.deepEqual(pick(answer), {
        ...expected,
        "x-frame-options": ["DENY"],
        "referrer-policy": ["no-referrer"],
        "permissions-policy": ["camera=(self)"],
      });
      assert.equal(answer.headers["x-powered-by"], undefined);
    });

    it("do not force TLS on names under localhost", async () => {
      const answer = await ask(traffic.server, "chat.localhost", "/");
      assert.deepEqual(pick(answer), { ...expected, "strict-transport-security": undefined });
    });
  });
}
