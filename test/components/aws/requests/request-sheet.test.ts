import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { siteContract } from "../../../../components/aws/contract";
import { code, codeBlock, table } from "../../../../components/aws/requests/markdown";
import type { RequestFacts } from "../../../../components/aws/requests/request-facts";
import { requestSheet } from "../../../../components/aws/requests/request-sheet";
import { webServerSnippets } from "../../../../components/host/web-server/snippet";
import { WebServer } from "../../../../components/host/web-server/web-server";
import { assertGolden } from "../../host/golden";
import { gitApp } from "../sample-place";

const kinds = ["aws:ec2/eip:Eip", "aws:iam/rolePolicy:RolePolicy", "landfall:index:Site"];

function facts(apps: App[] = [gitApp()], more: Partial<RequestFacts> = {}): RequestFacts {
  const known = { site: "web", apps, contract: siteContract(apps), kinds, address: "203.0.113.7" };
  return { ...known, zoneFile: "", snippets: [], unsigned: [], ...more };
}

const headings = (sheet: string): string[] => [...sheet.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!);

const full: App[] = [
  gitApp({
    name: "shop",
    routes: [{ domain: "www.example.com", path: "/shop/", stripPrefix: true }],
    reach: [
      { port: "smtp", peer: "mail.example.com" },
      { port: "ldaps", peer: "10.1.0.0/16" },
    ],
    secrets: [{ name: "smtp-password" }, { name: "cookie", generate: true }],
  }),
];

describe("the sheet of requests", () => {
  it("has everything that others do, and was read in review", () => {
    const webServer = { kind: WebServer.Apache, domains: ["www.example.com"], addresses: ["198.51.100.7/32"] };
    const snippets = webServerSnippets(webServer, full, "203.0.113.7");
    const zoneFile = "www.example.com. 300 IN A 203.0.113.7\n";
    const sheet = requestSheet(
      facts(full, { webServer, snippets, zoneFile, unsigned: [{ domain: "www.example.com" }] }),
    );
    assertGolden(join(__dirname, "golden/requests.md"), sheet);
  });

  it("leaves out what does not apply", () =>
    assert.deepEqual(headings(requestSheet(facts())), ["Permissions in AWS", "Ports"]));

  const sections: [what: string, heading: string, RequestFacts][] = [
    [
      "records that others create",
      "DNS records",
      facts(undefined, { zoneFile: "a.example.com. 300 IN A 192.0.2.1\n" }),
    ],
    ["an authority of the client's", "Certificates", facts(undefined, { unsigned: [{ domain: "docs.example.com" }] })],
    ["mail by port 25", "Mail by port 25", facts([gitApp({ reach: [{ port: "1-65535" }] })])],
    ["a secret", "Accounts and secrets", facts([gitApp({ secrets: [{ name: "key" }] })])],
    ["a directory", "Accounts and secrets", facts([gitApp({ reach: [{ port: "389" }] })])],
  ];
  for (const [what, heading, of] of sections) {
    it(`asks for ${what}`, () =>
      assert.deepEqual(
        headings(requestSheet(of)).filter((one) => !["Permissions in AWS", "Ports"].includes(one)),
        [heading],
      ));
  }

  it("asks for no secret that the host makes up by itself", () =>
    assert.doesNotMatch(requestSheet(facts([gitApp({ secrets: [{ name: "key", generate: true }] })])), /docs\/key/));

  it("names every port of the contract, with its peer", () => {
    const sheet = requestSheet(facts(full));
    for (const row of [
      "| 443 (https) | everybody | `203.0.113.7` |",
      "| 25 (smtp) | `mail.example.com` | `shop` |",
      "| 636 (ldaps) | `10.1.0.0/16` | `shop` |",
      "| 80 (http) | everywhere | the host: packages, code, certificates |",
    ])
      assert.ok(sheet.includes(row), row);
  });

  it("says where names lead to when there is no address", () =>
    assert.ok(requestSheet(facts(full, { address: "" })).includes("| 443 (https) | everybody | `www.example.com` |")));

  it("has commands for a request that a real OpenSSL makes, with a key that nobody else reads", () => {
    const sheet = requestSheet(facts(undefined, { unsigned: [{ domain: "docs.example.com" }] }));
    const commands = /```sh\n(.*?)```/s.exec(sheet)![1]!;
    const folder = mkdtempSync(join(tmpdir(), "landfall-csr-"));
    try {
      execFileSync("sh", ["-euc", commands], { cwd: folder, stdio: "pipe" });
      const read = execFileSync("openssl", ["req", "-noout", "-text", "-verify", "-in", "docs.example.com.csr"], {
        cwd: folder,
        encoding: "utf8",
        stdio: "pipe",
      });
      assert.match(read, /Subject: CN ?= ?docs\.example\.com/);
      assert.match(read, /DNS:docs\.example\.com\n/);
      assert.match(read, /prime256v1/);
      assert.equal(statSync(join(folder, "docs.example.com.key")).mode & 0o077, 0);
      assert.match(readFileSync(join(folder, "docs.example.com.key"), "utf8"), /PRIVATE KEY/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("Markdown", () => {
  it("keeps text apart from what is around it", () => {
    assert.equal(code("a"), "`a`");
    assert.equal(code("a`b"), "``a`b``");
    assert.equal(code("`"), "`` ` ``");
    assert.equal(codeBlock("a\n```\nb", "sh"), "````sh\na\n```\nb\n````");
    assert.equal(table(["A", "B"], [["a|b", "c"]]), "| A | B |\n| --- | --- |\n| a\\|b | c |");
  });

  it("has no run of backticks inside that ends a code block early", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "a", "\n"), { maxLength: 30 }), (parts) => {
        const block = codeBlock(parts.join(""));
        const [mark] = /^`+/.exec(block)!;
        assert.ok(!block.slice(mark.length, -mark.length).includes(mark));
      }),
    );
  });
});
