import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import { command } from "../../components/app/presets/command";
import type { Seen, Subject } from "./subject";

/** Domains of the apps of this behaviour. */
export const logDomains = ["logs.example.com", "other.example.com"] as const;

/** The apps that `logsBehaviour` asks. */
export const logsApps: readonly App[] = logDomains.map((domain, index) =>
  command({
    name: `logged-${index}`,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", `logged-${index}`],
    routes: [{ domain }],
  }),
);

/** A site whose logs can be read. */
export interface LoggedSubject extends Subject {
  /** What was written for a domain, line by line. */
  logLines(domain: string): Promise<string[]>;
}

/** What every web server writes down, one file for each domain. Call it in the body of `describe`. */
export function logsBehaviour(site: LoggedSubject): void {
  it("says which request of an app's own log a line is about", async () => {
    const answer = await site.request(`${site.origin(logDomains[0])}/joined?a=b`);
    const { headers } = JSON.parse(answer.body) as Seen;
    const lines = await site.logLines(logDomains[0]);
    const about = lines.filter((line) => line.includes(headers["x-request-id"]!));
    assert.deepEqual(
      about.map((line) => line.includes("/joined?a=b")),
      [true],
    );
  });

  it("keeps the requests of domains apart", async () => {
    for (const [index, domain] of logDomains.entries()) await site.request(`${site.origin(domain)}/of-${index}`);
    for (const [index, domain] of logDomains.entries()) {
      const lines = (await site.logLines(domain)).join("\n");
      assert.ok(lines.includes(`/of-${index}`) && !lines.includes(`/of-${1 - index}`), lines);
    }
  });
}
