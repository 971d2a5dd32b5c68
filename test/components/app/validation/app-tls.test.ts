import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { validateApps } from "../../../../components/app/validate";
import { problemsOf } from "./problems-of";
import { sampleApp } from "../sample-app";

const tls = { domain: "tls.example.com" };
const own = (changes: Partial<App> = {}): App =>
  sampleApp({ routes: [], tls, listen: { publicPorts: [443] }, ...changes });
const withWords = (...words: string[]): string[] => problemsOf(own({ process: { command: ["serve", ...words] } }));

describe("TLS that an app ends itself", () => {
  it("is on a port of its own, 443 where no app has routes", () => assert.deepEqual(problemsOf(own()), []));

  it("is behind the web server, by the certificate of one of its routes", () =>
    assert.deepEqual(problemsOf(sampleApp({ tls, routes: [{ domain: tls.domain }] })), []));

  it("leaves 443 to the web server where there is one", () =>
    assert.deepEqual(problemsOf(sampleApp({ name: "routed" }), own()), [
      "apps[1].listen.publicPorts[0]: 443 is taken by the web server; use another port",
    ]));

  it("is refused on port 80, by which authorities ask", () =>
    assert.deepEqual(problemsOf(own({ listen: { publicPorts: [80] } })), [
      "apps[0].listen.publicPorts[0]: 80 is taken by the web server; use another port",
    ]));

  const refused: Record<string, [App, string[]]> = {
    "where nothing runs": [
      sampleApp({ process: undefined, tls, routes: [{ domain: tls.domain, serve: "files" }] }),
      [
        "apps[0].tls: is given, but nothing runs; give process.command, or leave it out",
        "apps[0].tls: has no effect, the web server answers from files; leave it out",
      ],
    ],
    "at no port": [
      own({ listen: {} }),
      ["apps[0].tls: ends at no port; give listen.publicPorts, e.g. [443], or routes"],
    ],
    "by a name that is none": [
      own({ tls: { domain: "10.0.0.1" } }),
      [
        'apps[0].tls.domain: "10.0.0.1" is an address, not a name; give a name that resolves to it; certificates are made for names',
      ],
    ],
    "around the web server": [
      sampleApp({ tls, routes: [{ domain: tls.domain }], listen: { publicPorts: [9988] } }),
      [
        "apps[0].listen.publicPorts: [9988] lead around the web server, whose word about clients the app believes; leave out these or the routes",
      ],
    ],
    "by another name than its routes'": [
      sampleApp({ tls, routes: [{ domain: "www.example.com" }] }),
      ['apps[0].tls.domain: "tls.example.com" is the domain of none of its routes; did you mean "www.example.com"?'],
    ],
    "by several instances": [
      sampleApp({ tls, routes: [{ domain: tls.domain }], process: { command: ["serve"], instances: 2 } }),
      [
        "apps[0].tls: is given to 2 instances, each of which has its credentials in a folder of its own; run one instance",
      ],
    ],
  };
  for (const [how, [app, problems]] of Object.entries(refused))
    it(`is refused ${how}`, () => assert.deepEqual(problemsOf(app), problems));

  describe("never speaks what is broken", () => {
    const broken: string[][] = [
      ["--ssl-version", "TLSv1"],
      ["--ssl-version=TLSv1_1"],
      ["--ssl-version", "3"],
      ["--min-tls", "tls1.0"],
      ["SSLv3"],
      ["--ssl-version", "PROTOCOL_TLSv1_1"],
      ["--ssl-ciphers", "TLSv1"],
      ["--ciphers=ECDHE+AESGCM:RC4-SHA"],
      ["--ssl-ciphers", "ALL"],
    ];
    for (const words of broken)
      it(`refuses ${words.join(" ")}`, () => {
        const [problem, ...more] = withWords(...words);
        assert.match(problem ?? "", /broken/);
        assert.deepEqual(more, []);
      });

    it("refuses it in a variable, too", () =>
      assert.match(
        problemsOf(own({ environment: { GUNICORN_CMD_ARGS: "--workers 2 --ssl-version TLSv1" } })).join(),
        /^apps\[0\]\.environment\.GUNICORN_CMD_ARGS: "TLSv1" asks for a version of TLS that is broken/,
      ));

    const sound: string[][] = [
      ["--ssl-version", "TLSv1_2"],
      ["--ssl-version", "17"],
      ["--workers", "3"],
      ["--ssl-ciphers", "ECDHE+AESGCM:!RC4:!aNULL"],
      ["--min-tls=TLSv1.2"],
      ["TLSv1.3"],
    ];
    for (const words of sound) it(`takes ${words.join(" ")}`, () => assert.deepEqual(withWords(...words), []));
  });

  it("has no passphrase in an argument, and none in the message", () => {
    const said = JSON.stringify(
      validateApps([own({ process: { command: ["serve", "--ssl-keyfile-password", "hunter2"] } })]),
    );
    assert.match(said, /seen by everybody/);
    assert.doesNotMatch(said, /hunter2/);
  });
});
