import assert from "node:assert/strict";
import { ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { format, literal } from "../../../../components/host/haproxy/expression";
import { renderHaproxy } from "../../../../components/host/haproxy/render";
import { because, line, section } from "../../../../components/host/haproxy/tree";
import { haproxyWord } from "../../../../components/host/haproxy/word";
import { frontPrograms } from "../debian-program";

/** Text made of what means something to HAProxy. */
const nasty = fc
  .array(fc.constantFrom(..."{}#'\"\\$% ()[],;n!", "%[src]", "${HOME}", "$HOME", "\\'", "a", "if", "--"), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

/** Any text that HAProxy can carry in a header. */
const carriable = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text));

const texts = fc.sample(fc.oneof(nasty, carriable), { numRuns: 300, seed: 7 });

describe("a word of HAProxy's", () => {
  const table: [value: string, expected: string][] = [
    ["5s", "5s"],
    ["", '""'],
    ["two words", "'two words'"],
    ["it's", "'it'\\''s'"],
    ["# no comment", "'# no comment'"],
    ["$HOME", "'$HOME'"],
    ["a\\nb", "'a\\nb'"],
  ];
  for (const [value, expected] of table)
    it(`writes ${JSON.stringify(value)} as ${expected}`, () => assert.equal(haproxyWord(value), expected));

  for (const value of ["a\nb", "\0", "\u0085", "\ud800"])
    it(`refuses ${JSON.stringify(value)}`, () => assert.throws(() => haproxyWord(value), /HAProxy cannot carry/));

  it("refuses a comment that would start another line, and a line that is too long to be read", () => {
    const rendered = (one: ReturnType<typeof line>): string => renderHaproxy([section(["global"], [one])]);
    assert.throws(() => rendered(because("a\nuser root\r", line("daemon"))), /control characters/);
    assert.equal(rendered(because("a\nuser root", line("daemon"))).match(/^ {4}user/m), null);
    assert.throws(() => rendered(line("acl", ...Array<string>(64).fill("x"))), /1 to 64 words/);
  });

  describe("as a real HAProxy reads it", function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), "landfall-words-"));
    const socket = join(folder, "socket");
    let child: ChildProcess;

    before(async () => {
      const answers = texts.map((text, index) =>
        line(
          ...["http-request", "return", "status", 200, "content-type", "text/plain"],
          ...["lf-string", format`${text}|%[path]`],
          ...["hdr", "X-Plain", literal(text)],
          ...["if", "{", "path", "-m", "str", `/${index}`, "}"],
        ),
      );
      const compared = texts.map((text, index) =>
        line(
          "http-request",
          "set-var(txn.same)",
          "int(1)",
          "if",
          "{",
          "path",
          `/same/${index}`,
          "}",
          "{",
          "req.fhdr(x-text)",
          "-m",
          "str",
          "--",
          text,
          "}",
        ),
      );
      const sections = [
        section(
          ["defaults"],
          [line("mode", "http"), ...["client", "server", "connect"].map((of) => line("timeout", of, "5s"))],
        ),
        section(
          ["frontend", "words"],
          [
            line("bind", `unix@${socket}`),
            ...answers,
            ...compared,
            line("http-request", "return", "status", 204, "if", "{", "var(txn.same)", "-m", "found", "}"),
            line("http-request", "deny", "deny_status", 404),
          ],
        ),
      ];
      const file = join(folder, "haproxy.cfg");
      writeFileSync(file, renderHaproxy(sections));
      const { haproxy, env } = frontPrograms();
      let said = "";
      child = spawn(haproxy, ["-db", "-q", "-f", file], { env, stdio: ["ignore", "ignore", "pipe"] });
      child.stderr!.on("data", (text) => (said += String(text)));
      for (let tries = 0; tries < 200; tries++) {
        assert.equal(child.exitCode, null, said);
        if (
          await ask("/none").then(
            (found) => found.status === 404,
            () => false,
          )
        )
          return;
        await pause(50);
      }
      assert.fail(`HAProxy does not answer: ${said}`);
    });
    after(() => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    });

    const ask = (
      path: string,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; body: string; plain: string }> =>
      new Promise((resolve, reject) => {
        const sent = request({ socketPath: socket, path, headers, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const plain = Buffer.from(String(response.headers["x-plain"] ?? ""), "latin1").toString();
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), plain });
          });
        });
        sent.on("error", reject);
        sent.end();
      });

    it("arrives as it was given, where HAProxy evaluates a format", async () => {
      for (const [index, text] of texts.entries()) {
        const { body, plain } = await ask(`/${index}`);
        assert.deepEqual([body, plain], [`${text}|/${index}`, text.trim()]);
      }
    });

    it("is compared as it was given, where it does not", async () => {
      const fitting = [...texts.entries()].filter(([, text]) => text === text.trim() && /^[\x20-\x7e]+$/.test(text));
      let compared = 0;
      for (const [index, text] of fitting) {
        compared++;
        assert.equal((await ask(`/same/${index}`, { "X-Text": text })).status, 204, text);
        assert.equal((await ask(`/same/${index}`, { "X-Text": `${text}x` })).status, 404, text);
      }
      assert.ok(compared > 50);
    });
  });
});
