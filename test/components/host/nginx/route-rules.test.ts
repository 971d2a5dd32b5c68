import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route } from "../../../../components/app/route/route";
import { SecurityPreset } from "../../../../components/app/route/security";
import { validateApps } from "../../../../components/app/validate";
import { guest } from "../../../../components/host/guest";
import { directHops } from "../../../../components/host/hops";
import { nginxFiles } from "../../../../components/host/nginx/files";
import { repeatConditions } from "../../../../components/host/nginx/inherit";
import { parse } from "../../../../components/host/nginx/parse";
import { block, Directive, directive } from "../../../../components/host/nginx/tree";
import { hardeningApps } from "../../../behaviour/hardening";
import { corsApps } from "../../../behaviour/cors";
import { assertGolden } from "../golden";
import { RunningNginx } from "./running-nginx";

const app = (...routes: Partial<Route>[]): App => ({
  name: "app",
  source: { directory: "app" },
  process: { command: ["app"] },
  routes: routes.map((route, index) => ({ domain: "www.example.org", path: `/${index}/`, ...route })),
});

/** Routes that differ in one text that a user gives, and that each belong to one place. */
const places: Record<string, (text: string) => Partial<Route>> = {
  "a file that is allowed": (text) => ({ security: { preset: SecurityPreset.Gramex, allow: [text] } }),
  "an origin that may frame": (text) => ({ security: { framedBy: [text] } }),
  "a feature of browsers": (text) => ({ security: { permissionsPolicy: { [text]: "self" } } }),
  "who may use a feature": (text) => ({ security: { permissionsPolicy: { camera: text } } }),
  "the sources of a policy": (text) => ({ security: { contentSecurityPolicy: { directives: { "img-src": text } } } }),
  "where reports go": (text) => ({ security: { contentSecurityPolicy: { reportUri: text } } }),
  "an origin that may read": (text) => ({ cors: { origins: [text], credentials: true, exposeHeaders: ["X-A"] } }),
  "a header that may be sent": (text) => ({ cors: { origins: ["https://a.example"], requestHeaders: [text] } }),
  "a header that may be read": (text) => ({ cors: { origins: ["*"], exposeHeaders: [text] } }),
};

/** What is right in each place. */
const plain: Record<string, string> = {
  "a file that is allowed": "data.csv",
  "an origin that may frame": "https://a.example",
  "a feature of browsers": "usb",
  "who may use a feature": "https://a.example",
  "the sources of a policy": "https://a.example",
  "where reports go": "/report",
  "an origin that may read": "https://a.example",
  "a header that may be sent": "X-A",
  "a header that may be read": "X-A",
};

/** Text that means something to nginx, to PCRE or in a header, alone or around what is right. */
const nasty = fc
  .array(fc.constantFrom(..."{};#'\"\\$ \n\r~*^|()[]?+.:/,%=&!-_a1é\0", "${", "$host", "\\Q", "\\E", "x.csv", ".db"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
const around = (right: string): fc.Arbitrary<string> =>
  fc.oneof(
    nasty,
    nasty.map((text) => right + text),
    nasty.map((text) => text + right),
    fc.tuple(nasty, fc.nat(right.length)).map(([text, at]) => right.slice(0, at) + text + right.slice(at)),
  );

describe("what a user writes into the rules of a route", () => {
  for (const [place, route] of Object.entries(places)) {
    it(`stays where it belongs as ${place}, or is refused`, () => {
      const shape = (text: string) =>
        nginxFiles([app(route(text))], directHops, guest(12)).map((file) => skeleton(parse(file.content)));
      const expected = shape(plain[place]!);
      fc.assert(
        fc.property(around(plain[place]!), (text) => {
          // Anybody has a shape of its own.
          if (text === "*" || validateApps([app(route(text))]).length > 0) return;
          assert.deepEqual(shape(text), expected);
        }),
        { numRuns: 400 },
      );
    });
  }

  it("is read by a real nginx wherever it is not refused", function () {
    this.timeout(30_000);
    const taken = Object.entries(places).flatMap(([place, route]) =>
      [plain[place]!, ...fc.sample(around(plain[place]!), 600)]
        .filter((text) => validateApps([app(route(text))]).length === 0)
        .map((text) => ({ place, route: route(text) })),
    );
    for (const place of Object.keys(places))
      assert.ok(taken.filter((one) => one.place === place).length > 1 || place === "an origin that may frame", place);
    assert.equal(RunningNginx.check([app(...taken.map(({ route }) => route))]), "");
  });

  it("may be as long as it is let through", () => {
    const label = "a".repeat(63);
    const origin = `https://${label}.${label}.${label}.${"b".repeat(58)}.de:65535`;
    const sources = Array.from({ length: 100 }, (_, index) => `https://cdn-${index}.example.com`).join(" ");
    const routes: Partial<Route>[] = [
      { cors: { origins: Array.from({ length: 50 }, (_, index) => `${origin.slice(0, -5)}${10_000 + index}`) } },
      { security: { preset: SecurityPreset.Gramex, allow: [`${"x".repeat(251)}.csv`] } },
      { security: { contentSecurityPolicy: { directives: { "img-src": sources } } } },
    ];
    assert.deepEqual(validateApps([app(...routes)]), []);
    assert.equal(RunningNginx.check([app(...routes)]), "");
  });

  it("is read by a real nginx for every route of the behaviours at once", () =>
    assert.equal(RunningNginx.check([...hardeningApps, ...corsApps]), ""));
});

describe("the files for routes with rules", () => {
  const chosen = [...hardeningApps.filter(({ name }) => ["reports", "said", "login"].includes(name)), corsApps[3]!];
  for (const file of nginxFiles(chosen, directHops, guest(12)).filter(({ path }) =>
    /\/(?:apps|sites)\/[^0]/.test(path),
  )) {
    const name = file.path.replace("/etc/nginx/", "");
    it(`are as ${name}`, () => assertGolden(join(__dirname, "golden/rules", name), file.content));
  }

  it("are those of one app only, when its rules change", () => {
    const contents = (apps: readonly App[]) =>
      Object.fromEntries(nginxFiles(apps, directHops, guest(12)).map(({ path, content }) => [path, content]));
    const other = { ...app({}), name: "other", routes: [{ domain: "other.example.org" }] };
    const before = contents([app({ security: { preset: SecurityPreset.Gramex } }), other]);
    const after = contents([app({ security: { preset: SecurityPreset.Gramex, allow: ["data.csv"] } }), other]);
    assert.deepEqual(
      Object.keys(before).filter((path) => before[path] !== after[path]),
      ["/etc/nginx/apps/app.conf"],
    );
  });
});

describe("repeatConditions", () => {
  const condition = (name: string) => block("if", [`($${name})`], [directive("return", 403)]);

  it("asks the conditions of a location in those inside of it, and not in other blocks", () => {
    const inner = block("location", ["~", "x"], [directive("return", 404)]);
    const server = block(
      "server",
      [],
      [
        condition("of_server"),
        block("location", ["/"], [condition("outer"), inner, block("limit_except", ["GET"], [])]),
        block("location", ["/y"], [inner]),
      ],
    );
    assert.deepEqual(
      repeatConditions(server),
      block(
        "server",
        [],
        [
          condition("of_server"),
          block(
            "location",
            ["/"],
            [
              condition("outer"),
              block("location", ["~", "x"], [condition("outer"), directive("return", 404)]),
              block("limit_except", ["GET"], []),
            ],
          ),
          block("location", ["/y"], [inner]),
        ],
      ),
    );
  });

  it("changes nothing where nothing is repeated", () => {
    const server = block("server", [], [block("location", ["/"], [condition("x")])]);
    assert.equal(repeatConditions(server), server);
  });
});

/** Names and numbers of words, without the words: what a value cannot change unless it gets out of its own. */
function skeleton(directives: readonly Directive[]): unknown {
  return directives.map(({ name, args, block: inner }) => [
    /^[~"\w]/.test(name) && !/^[a-z_]+$/.test(name) ? "entry" : name,
    args.length,
    ...(inner ? [skeleton(inner)] : []),
  ]);
}
