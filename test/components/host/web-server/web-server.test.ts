import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { App } from "../../../../components/app/app";
import { problemText } from "../../../../components/app/problem";
import { hopProblems } from "../../../../components/host/hop-problems";
import { directHops } from "../../../../components/host/hops";
import { webServerSnippets } from "../../../../components/host/web-server/snippet";
import {
  WebServer,
  WebServerArgs,
  webServerHop,
  webServerProblems,
} from "../../../../components/host/web-server/web-server";
import { assertGolden } from "../golden";

const process = { command: ["app"] };
const apps: App[] = [
  { name: "shop", source: {}, process, routes: [{ domain: "www.example.com", path: "/shop/", maxBodyMiB: 50 }] },
  { name: "chat", source: {}, process, routes: [{ domain: "www.example.com", path: "/shop/chat/", websocket: true }] },
  { name: "own", source: {}, process, routes: [{ domain: "apps.example.com" }] },
];
const server: WebServerArgs = {
  kind: WebServer.Nginx,
  domains: ["www.example.com"],
  addresses: ["198.51.100.7/32"],
  origin: "apps.example.com",
};

describe("the snippet for a web server", () => {
  for (const kind of Object.values(WebServer)) {
    it(`of ${kind} is the one that was read in review`, () => {
      const [snippet] = webServerSnippets({ ...server, kind }, apps, "203.0.113.7");
      assertGolden(join(__dirname, "golden", `${kind}.txt`), snippet!.text);
    });
  }

  it("is made for each domain, with the paths of that domain alone", () => {
    const both = { ...server, origin: undefined, domains: ["www.example.com", "apps.example.com"] };
    const snippets = webServerSnippets(both, apps, "2001:db8::7");
    assert.deepEqual(
      snippets.map(({ domain, text }) => [domain, text.includes("/shop/"), text.includes("https://[2001:db8::7]")]),
      [
        ["www.example.com", true, true],
        ["apps.example.com", false, true],
      ],
    );
  });

  it("of IIS is XML, with the longest path in front", () => {
    const [snippet] = webServerSnippets({ ...server, kind: WebServer.Iis }, apps, "203.0.113.7");
    const script = `
import sys, xml.etree.ElementTree as tree
for rule in tree.fromstring(sys.stdin.read().encode()).iter("rule"): print(rule.get("name"), rule.find("match").get("url"))
`;
    assert.equal(
      execFileSync("python3", ["-c", script], { input: snippet!.text, encoding: "utf8" }),
      [
        "landfall challenges ^\\.well-known/acme-challenge(?:/.*)?$",
        "landfall /shop/chat/ ^shop/chat(?:/.*)?$",
        "landfall /shop/ ^shop(?:/.*)?$",
        "",
      ].join("\n"),
    );
  });
});

describe("a web server in front", () => {
  const said = (more: Partial<WebServerArgs>, of: App[] = apps): string[] =>
    webServerProblems({ ...server, ...more }, of).map((problem) => `${problem.path}: ${problemText(problem)}`);

  it("has no problems when all is well", () => {
    assert.deepEqual(said({}), []);
    assert.deepEqual(hopProblems({ ...directHops, front: [webServerHop(server)] }, apps), []);
  });

  const wrong: [what: string, Partial<WebServerArgs>, RegExp][] = [
    [
      "Tomcat without an origin",
      { kind: WebServer.Tomcat, origin: undefined },
      /webServer\.origin: is missing: Tomcat/,
    ],
    [
      "Tomcat for websockets",
      { kind: WebServer.Tomcat },
      /apps\[1\]\.routes\[0\]\.websocket: true is nothing that Tomcat/,
    ],
    ["an unknown kind", { kind: "apach" as WebServer }, /webServer\.kind: "apach" is none .* did you mean "apache"\?/],
    ["no domains", { domains: [] }, /webServer\.domains: \[\] is empty/],
    ["a domain of no route", { domains: ["ww.example.com"] }, /webServer\.domains\[0\]: .* did you mean "www\.example/],
    ["no time to wait", { answerSeconds: 0 }, /webServer\.answerSeconds: 0 is no time to wait/],
    ["an address as origin", { origin: "203.0.113.7" }, /webServer\.origin: .* is an address; leave it out/],
    ["an origin that is no name", { origin: "a b" }, /webServer\.origin: "a b"/],
    ["IIS without an origin", { kind: WebServer.Iis, origin: undefined }, /webServer\.origin: is missing: IIS/],
    ["IIS with a foreign one", { kind: WebServer.Iis, origin: "www.example.com" }, /has no certificate for it/],
  ];
  for (const [what, more, message] of wrong) {
    it(`refuses ${what}`, () => assert.match(said(more).join("\n"), message));
  }

  it("refuses a path that web servers read differently", () => {
    const odd = { ...apps[0]!, routes: [{ domain: "www.example.com", path: "/pay$/" }] };
    assert.match(said({}, [odd, ...apps]).join(), /apps\[0\]\.routes\[0\]\.path: "\/pay\$\/" has letters/);
  });

  it("refuses a pattern, which it cannot be told", () => {
    const odd = { ...apps[0]!, routes: [{ domain: "www.example.com", pattern: "/v\\d/" }] };
    assert.match(said({}, [odd, ...apps]).join(), /apps\[0\]\.routes\[0\]\.pattern: .* cannot be handed on/);
  });

  it("gives up after the host does", () => {
    const late = [{ ...apps[0]!, routes: [{ domain: "www.example.com", readTimeoutSeconds: 60 }] }];
    const [problem] = hopProblems({ ...directHops, front: [webServerHop(server)] }, late);
    assert.match(problemText(problem!), /60 is not below the 60 s after which the client's web server gives up/);
  });
});
