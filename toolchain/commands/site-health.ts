import { request } from "node:https";
import type { SiteAddress } from "../../components/local/local-site";

/** Whether an app answers, and if not, why. */
export interface SeenSite {
  app: string;
  url: string;
  healthy: boolean;
  /** What is wrong; empty when nothing is. */
  reason: string;
}

/** Longest wait for an answer; a healthy app answers within milliseconds. */
const timeoutMs = 10_000;

/** The most that is read of an answer to look for its text. */
const readBytes = 1 << 20;

/**
 * Asks an app for its health as a browser on this computer would: by its public address, trusting the local authority
 * only. The connection goes to the loopback address, because not every system resolves names under `localhost`.
 */
export async function siteHealth(site: SiteAddress, caCertificate: string): Promise<SeenSite> {
  const reason = await whyUnhealthy(site, caCertificate);
  return { app: site.app, url: site.url, healthy: reason === "", reason };
}

function whyUnhealthy(site: SiteAddress, caCertificate: string): Promise<string> {
  const url = new URL(site.health.url);
  return new Promise((resolve) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: url.port || 443,
        servername: url.hostname,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host },
        ca: caCertificate,
        agent: false,
        timeout: timeoutMs,
      },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          if (body.length < readBytes) body += chunk;
        });
        answer.on("end", () => {
          if (answer.statusCode !== site.health.status)
            resolve(`answers ${answer.statusCode}, not ${site.health.status}`);
          else resolve(body.includes(site.health.contains) ? "" : "answers, but not with its own content");
        });
        answer.on("error", (error) => resolve(error.message));
      },
    );
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}
