import assert from "node:assert/strict";
import { type App } from "../../components/app/app";
import { type Route, ServeBy } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import type { Cache } from "../../components/app/route/cache";
import type { Web } from "../../components/app/web";
import type { ProbeAnswer } from "../../components/probe/ask";
import { pagesFolder } from "./files";
import type { Seen, Subject, SubjectRequest } from "./subject";

/** Where the apps of this behaviour answer. */
export const cacheDomain = "cache.example.com";
const otherDomain = "other.example.com";

const ten: Cache = {
  keep: [
    { statuses: [200, 301], seconds: 600 },
    { statuses: [404], seconds: 60 },
  ],
};
const pages = (name: string, routes: Route[]): App =>
  command({ name, source: { directory: pagesFolder }, command: ["python3", "app.py", name], routes });

/** The zone that two apps share. */
export const cacheWeb: Web = { caches: [{ name: "shared", keysMiB: 1, maxMiB: 64, inactiveSeconds: 864_000 }] };

/** The apps that `cacheBehaviour` asks. */
export const cacheApps: readonly App[] = [
  pages("journal", [
    { domain: cacheDomain, cache: { ...ten, zone: "shared" } },
    { domain: otherDomain, cache: { ...ten, zone: "shared" } },
    { domain: cacheDomain, path: "/said/", cache: {} },
    { domain: cacheDomain, path: "/login/", cache: { ...ten, loginCookies: ["session.id"] }, stripPrefix: true },
    { domain: cacheDomain, path: "/second/", cache: { keep: [{ statuses: [200], seconds: 1 }] } },
    { domain: cacheDomain, path: "/exact/", cache: { keep: [{ statuses: [200], seconds: 1 }], stale: false } },
    {
      domain: cacheDomain,
      path: "/first/",
      serve: ServeBy.FilesFirst,
      directory: "public",
      cache: ten,
      stripPrefix: true,
    },
    { domain: cacheDomain, path: "/none/" },
  ]),
  pages("board", [{ domain: cacheDomain, path: "/board/", cache: { ...ten, zone: "shared" }, stripPrefix: true }]),
];

let pathsAsked = 0;

/** A path that was not asked for before. */
export const newPath = (below = "/"): string => `${below}p${process.pid}-${pathsAsked++}`;

/** What is kept for a second is no longer fresh then: times are counted in whole seconds. */
const expiry = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2100));

/** What every web server does that keeps answers. Call it in the body of `describe`. */
export function cacheBehaviour(site: Subject): void {
  const ask = (path: string, request: SubjectRequest = {}, domain = cacheDomain): Promise<ProbeAnswer> =>
    site.request(`${site.origin(domain)}${path}`, request);
  /** Which request of the app's answered, as far as it is known by its id. */
  const idOf = ({ body }: ProbeAnswer): string => (JSON.parse(body) as Seen).headers["x-request-id"]!;
  const state = ({ headers }: ProbeAnswer): string | undefined => headers["cache-status"]?.at(-1);
  const answering = (headers: object, more: Record<string, string> = {}): SubjectRequest => ({
    headers: { "X-Answer": JSON.stringify(headers), ...more },
  });
  /** Whether a second request, as it is by default, gets what the first was answered. */
  const isKept = async (path: string, first: SubjectRequest = {}, second: SubjectRequest = {}): Promise<boolean> =>
    idOf(await ask(path, first)) === idOf(await ask(path, second));

  it("keeps an answer, and says so", async () => {
    const path = newPath();
    const [first, second] = [await ask(path), await ask(path)];
    assert.deepEqual([state(first), state(second)], ["landfall; fwd=miss", "landfall; hit"]);
    assert.equal(idOf(first), idOf(second));
  });

  it("keeps what the app says, where the route says nothing", async () => {
    const said = async (value: string): Promise<boolean> =>
      isKept(newPath("/said/"), answering({ "Cache-Control": value }));
    assert.deepEqual(
      [await said("max-age=60"), await said("s-maxage=60"), await said("max-age=0")],
      [true, true, false],
    );
    assert.equal(await isKept(newPath("/said/")), false);
  });

  it("keeps by status", async () => {
    const kept = async (status: string): Promise<boolean> => isKept(newPath(), { headers: { "X-Status": status } });
    assert.deepEqual(
      [await kept("301"), await kept("404"), await kept("403"), await kept("500")],
      [true, true, false, false],
    );
  });

  it("keeps nothing of a route that does not say so", async () => {
    const path = newPath("/none/");
    assert.equal(await isKept(path, answering({ "Cache-Control": "max-age=60" })), false);
    assert.equal(state(await ask(path)), undefined);
  });

  it("keeps nothing that is for one client alone", async () => {
    for (const headers of [
      { "Set-Cookie": "a=1" },
      { "Set-Cookie": "a=1", "Cache-Control": "public, max-age=60" },
      { "Cache-Control": "private" },
      { "Cache-Control": "no-store" },
      { "Cache-Control": "no-cache" },
      { "Cache-Control": "private, max-age=60" },
      { Vary: "*" },
    ]) {
      assert.equal(await isKept(newPath(), answering(headers)), false, JSON.stringify(headers));
    }
  });

  it("asks the app for who is logged in, and keeps nothing of it", async () => {
    for (const headers of [{ Authorization: "Basic eDp5" }, { Cookie: "anything=1" }] as Record<string, string>[]) {
      const path = newPath();
      const answer = await ask(path, { headers });
      assert.equal(state(answer), "landfall; fwd=bypass");
      const seen = (JSON.parse(answer.body) as Seen).headers;
      for (const [name, value] of Object.entries(headers)) assert.equal(seen[name.toLowerCase()], value);
      assert.notEqual(idOf(await ask(path)), idOf(answer));
      assert.notEqual(idOf(await ask(path, { headers })), idOf(await ask(path)));
    }
  });

  it("knows who is logged in by the cookies that are named, and withholds others", async () => {
    const path = newPath("/login/");
    const other = { headers: { Cookie: "language=de; xsession.id=1" } };
    const first = await ask(path, other);
    assert.equal((JSON.parse(first.body) as Seen).headers["cookie"], undefined);
    assert.equal(idOf(await ask(path)), idOf(first));
    assert.equal(idOf(await ask(path, other)), idOf(first));
    for (const cookie of ["session.id=1", "language=de; session.id=1", "a=1;session.id=1"]) {
      const mine = await ask(path, { headers: { Cookie: cookie } });
      assert.notEqual(idOf(mine), idOf(first), cookie);
      assert.equal((JSON.parse(mine.body) as Seen).headers["cookie"], cookie);
    }
    // A dot is a dot.
    assert.equal(idOf(await ask(path, { headers: { Cookie: "session_id=1" } })), idOf(first));
    const sent = await ask(path, { method: "POST", headers: { Cookie: "language=de" } });
    assert.equal((JSON.parse(sent.body) as Seen).headers["cookie"], "language=de");
  });

  it("tells domains, paths, queries and apps apart", async () => {
    const path = newPath();
    const ids = [
      await ask(path),
      await ask(`${path}?a=1`),
      await ask(`${path}?a=2`),
      await ask(`${path}?`),
      await ask(path.toUpperCase()),
      await ask(path, {}, otherDomain),
      await ask(`/board${path}`),
      await ask(`/%62oard${path}`),
    ].map(idOf);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("keeps a GET for HEAD, and the other way round", async () => {
    const [one, other] = [newPath(), newPath()];
    await ask(one);
    assert.equal(state(await ask(one, { method: "HEAD" })), "landfall; hit");
    const head = await ask(other, { method: "HEAD" });
    assert.deepEqual([head.status, head.body, state(head)], [200, "", "landfall; fwd=miss"]);
    const kept = await ask(other);
    assert.deepEqual([state(kept), (JSON.parse(kept.body) as Seen).method], ["landfall; hit", "GET"]);
  });

  it("keeps nothing of other methods", async () => {
    const path = newPath();
    const first = await ask(path);
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await ask(path, { method });
      assert.deepEqual([(JSON.parse(answer.body) as Seen).method, state(answer)], [method, undefined]);
    }
    assert.equal(idOf(await ask(path)), idOf(first));
  });

  it("keeps a variant for each value of what an answer says it varies with", async () => {
    const path = newPath();
    const language = (value: string): SubjectRequest =>
      answering({ Vary: "Accept-Language" }, { "Accept-Language": value });
    const [german, english] = [idOf(await ask(path, language("de"))), idOf(await ask(path, language("en")))];
    assert.notEqual(german, english);
    assert.deepEqual([idOf(await ask(path, language("de"))), idOf(await ask(path, language("en")))], [german, english]);
  });

  it("answers a part from what is kept as a whole", async () => {
    const path = newPath();
    const part = answering({ "Accept-Ranges": "bytes" }, { Range: "bytes=0-3" });
    await ask(path, part);
    const whole = await ask(path);
    assert.equal(state(whole), "landfall; hit");
    assert.equal((JSON.parse(whole.body) as Seen).headers["range"], undefined);
    const answer = await ask(path, part);
    assert.deepEqual([answer.status, answer.body], [206, whole.body.slice(0, 4)]);
  });

  describe("gives nobody what another has asked for by", () => {
    const poisons: [what: string, headers: Record<string, string>][] = [
      ["another method in a header", { "X-HTTP-Method-Override": "DELETE" }],
      ["another method in a header, by its other names", { "X-Method-Override": "PUT" }],
      ["another method in a header, by its third name", { "X-HTTP-Method": "PUT" }],
      ["another origin", { Origin: "https://evil.example" }],
    ];
    for (const [what, headers] of poisons) {
      it(what, async () => {
        const path = newPath();
        const first = await ask(path, { headers });
        const second = await ask(path);
        assert.notEqual(idOf(first), idOf(second));
        assert.equal(idOf(await ask(path)), idOf(second));
      });
    }

    for (const [how, headers] of [
      ["of a length", { "Content-Length": "6" }],
      ["in chunks", { "Transfer-Encoding": "chunked" }],
    ] as [string, Record<string, string>][]) {
      it(`a body ${how}`, async () => {
        const path = newPath();
        const first = await ask(path, { body: "evil=1", headers });
        assert.equal((JSON.parse(first.body) as Seen).body, "evil=1");
        assert.notEqual(idOf(first), idOf(await ask(path)));
      });
    }

    it("a host, scheme, path, address or encoding in a header: the app does not get it", async () => {
      const evil = "evil.example";
      const { headers } = JSON.parse(
        (
          await ask(newPath(), {
            headers: {
              "X-Forwarded-Host": evil,
              "X-Forwarded-Proto": evil,
              "X-Forwarded-Port": evil,
              "X-Forwarded-Prefix": evil,
              "X-Forwarded-For": evil,
              "X-Original-URL": evil,
              "X-Rewrite-URL": evil,
              "X-Host": evil,
              Forwarded: `host=${evil}`,
              "Accept-Encoding": "gzip, evil",
            },
          })
        ).body,
      ) as Seen;
      assert.deepEqual(
        Object.entries(headers).filter(([, value]) => value.includes("evil")),
        [],
      );
    });
  });

  it("has one request ask for many", async () => {
    const path = newPath();
    const slow = { headers: { "X-Delay": "700" } };
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(path, slow)));
    assert.equal(new Set(answers.map(idOf)).size, 1);
  });

  it("answers with what is no longer fresh, while the app is asked again", async () => {
    const path = newPath("/second/");
    const first = await ask(path);
    await expiry();
    const began = performance.now();
    const stale = await ask(path, { headers: { "X-Delay": "1000" } });
    assert.ok(performance.now() - began < 900, "it waited for the app");
    assert.equal(idOf(stale), idOf(first));
    await new Promise((resolve) => setTimeout(resolve, 1300));
    assert.notEqual(idOf(await ask(path)), idOf(first));
  });

  it("answers with what is no longer fresh, as long as the app answers 502, 503 or 504", async () => {
    const isKeptOver = async (status: string): Promise<void> => {
      const path = newPath("/second/");
      const first = await ask(path);
      for (const round of [1, 2]) {
        await expiry();
        const answer = await ask(path, { headers: { "X-Status": status } });
        assert.deepEqual([answer.status, idOf(answer)], [200, idOf(first)], `${status}, round ${round}`);
      }
    };
    await Promise.all(["502", "503", "504"].map(isKeptOver));
  });

  it("never does, where the route says so", async () => {
    const path = newPath("/exact/");
    await ask(path);
    await expiry();
    assert.equal((await ask(path, { headers: { "X-Status": "503" } })).status, 503);
  });

  it("keeps what the app answers where there is no file", async () => {
    const file = await ask("/first/style.css");
    assert.deepEqual([file.status, state(file)], [200, undefined]);
    assert.equal(await isKept(newPath("/first/")), true);
  });

  it("compresses for those who take it, and only for them", async () => {
    const path = newPath();
    const answer = answering({ "Content-Type": "text/plain", "X-Long": "x".repeat(600) });
    const long = { ...answer, headers: { ...answer.headers, "X-Padding": "y".repeat(600) } };
    const encoding = async (accepted: string): Promise<string | undefined> =>
      (await ask(path, { headers: { ...long.headers, "Accept-Encoding": accepted } })).headers["content-encoding"]?.[0];
    assert.deepEqual(
      [await encoding("gzip"), await encoding("identity"), await encoding("gzip")],
      ["gzip", undefined, "gzip"],
    );
  });
}
