import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { Subject, SubjectRequest } from "../../behaviour/subject";

const domain = "www.example.com";
const process = { command: ["app"] };
const origin = "https://app.example.com";

/** Apps that a web server has something to say in the place of. */
export const ownAnswersApps: readonly App[] = [
  {
    name: "root",
    source: {},
    process,
    routes: [
      { domain, readTimeoutSeconds: 1 },
      { domain, path: "/small/", maxBodyMiB: 1, readTimeoutSeconds: 2 },
      {
        domain,
        path: "/read/",
        maxBodyMiB: 1,
        readTimeoutSeconds: 1,
        cors: { origins: [origin] },
        security: { framedBy: ["self", origin] },
      },
    ],
  },
];

const tooLarge = (mebibytes: number): string => `The request is too large: at most ${mebibytes} MiB are taken here.`;
const tooSlow = (seconds: number): string =>
  `The app said nothing for ${seconds} seconds, so the request was given up.`;

/** What a web server says itself of its limits, in words for people and in JSON for programs. Call it in the body of `describe`. */
export function ownAnswersBehaviour(site: Subject): void {
  const json = { Accept: "application/problem+json" };
  const browser = { Accept: "text/html,application/json;q=0.9,*/*;q=0.8" };
  const ask = async (path: string, { headers, ...request }: SubjectRequest = {}) => {
    const answer = await site.request(`${site.origin(domain)}${path}`, { headers: headers ?? {}, ...request });
    return { ...answer, said: [answer.status, answer.headers["content-type"], answer.body] };
  };
  /** A body that is announced and not sent. */
  const announce = (path: string, mebibytes: number, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      headers: { ...headers, "Content-Length": String(mebibytes * 1024 * 1024 + 1) },
      body: "a",
    });
  const wait = (path: string, milliseconds: number, headers: Record<string, string> = {}) =>
    ask(path, { headers: { ...headers, "X-Delay": String(milliseconds) } });

  it("a body that is too large hears how much its route takes", async () => {
    for (const [path, limit] of [
      ["/", 10],
      ["/small/", 1],
    ] as const) {
      const { said } = await announce(path, limit);
      assert.deepEqual(said, [413, ["text/plain"], `413: ${tooLarge(limit)}`]);
    }
  });

  it("a program that asks for JSON hears it in JSON, and a browser in words", async () => {
    const { headers, body } = await announce("/small/x.html", 1, json);
    assert.deepEqual(
      [headers["content-type"], JSON.parse(body)],
      [["application/json"], { status: 413, error: tooLarge(1), maxBodyMiB: 1 }],
    );
    assert.deepEqual((await announce("/small/x.json", 1, browser)).headers["content-type"], ["text/plain"]);
  });

  it("whoever waits for an app that says nothing hears how long its route waits", async () => {
    const answers = await Promise.all([wait("/", 3000), wait("/small/", 3000), wait("/", 3000, json)]);
    assert.deepEqual(
      answers.slice(0, 2).map(({ said }) => said),
      [1, 2].map((seconds) => [504, ["text/plain"], `504: ${tooSlow(seconds)}`]),
    );
    assert.deepEqual(
      [answers[2]!.headers["content-type"], JSON.parse(answers[2]!.body)],
      [["application/json"], { status: 504, error: tooSlow(1), readTimeoutSeconds: 1 }],
    );
  });

  it("what the app says with these statuses is passed on in its own words and type", async () => {
    for (const status of [413, 429, 502, 503, 504]) {
      const answer = JSON.stringify({ "Content-Type": "text/html" });
      const said = await ask("/", { headers: { ...json, "X-Status": String(status), "X-Answer": answer } });
      assert.deepEqual([said.status, said.headers["content-type"]], [status, ["text/html"]]);
      assert.match(said.body, /"app":"root"/);
    }
  });

  it("has the headers that its route says, so that pages of other origins can read it", async () => {
    const headers = { Origin: origin };
    for (const answer of [await announce("/read/", 1, headers), await wait("/read/", 2000, headers)]) {
      const { "access-control-allow-origin": reader, vary, "content-security-policy": policy } = answer.headers;
      assert.deepEqual([reader, vary], [[origin], ["Origin"]], `${answer.status}`);
      assert.match(policy?.[0] ?? "", /frame-ancestors/);
    }
    assert.equal((await announce("/small/", 1, headers)).headers["access-control-allow-origin"], undefined);
  });

  it("has the headers of all answers", async () => {
    const { headers } = await announce("/small/", 1);
    assert.deepEqual([headers["x-content-type-options"], headers["x-frame-options"]], [["nosniff"], ["SAMEORIGIN"]]);
  });
}
