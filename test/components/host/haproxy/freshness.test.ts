import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { useLoopbackServer } from "../loopback-subject";
import { RunningHaproxy } from "./running-haproxy";

const domain = "www.example.com";
const app: App = {
  name: "pages",
  source: {},
  process: { command: ["app"] },
  routes: [
    { domain, freshness: { seconds: 600, pageSeconds: 5, sharedSeconds: 60 } },
    { domain, path: "/own/" },
  ],
};

describe("how long answers may be used, by a real HAProxy", function () {
  this.timeout(30_000);
  const site = useLoopbackServer([app], () => RunningHaproxy.start([app]));
  const html = { "Content-Type": "text/html; charset=utf-8" };
  const image = { "Content-Type": "image/png" };

  const table: [what: string, answer: object, request: Record<string, string>, said: string | undefined][] = [
    ["a page", html, {}, "public, max-age=5, s-maxage=60"],
    ["what is no page", image, {}, "public, max-age=600, s-maxage=60"],
    ["what says no type, and may be a page", {}, {}, "public, max-age=5, s-maxage=60"],
    ["what sets a cookie", { ...image, "Set-Cookie": "a=b" }, {}, "private, max-age=600"],
    ["a page to somebody with a cookie", html, { Cookie: "a=b" }, "private, max-age=5"],
    ["what is for somebody who is logged in", image, { Authorization: "Basic YTpi" }, "private, max-age=600"],
    ["what the app says by itself", { ...image, "Cache-Control": "no-store" }, {}, "no-store"],
    ["what the app says by Expires", { ...image, Expires: "Thu, 01 Dec 1994 16:00:00 GMT" }, {}, undefined],
    ["an error", image, { "X-Status": "500" }, undefined],
  ];
  for (const [what, answer, headers, said] of table)
    it(`is "${said ?? ""}" for ${what}`, async () => {
      const request = { headers: { ...headers, "X-Answer": JSON.stringify(answer) } };
      const got = await site.request(`${site.origin(domain)}/`, request);
      assert.deepEqual(got.headers["cache-control"], said === undefined ? undefined : [said]);
    });

  it("is not said where the route does not say it", async () => {
    const got = await site.request(`${site.origin(domain)}/own/`);
    assert.equal(got.headers["cache-control"], undefined);
  });
});
