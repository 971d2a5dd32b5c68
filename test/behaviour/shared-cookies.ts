import { join } from "node:path";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import { HttpMethod } from "../../components/app/route/methods";

/** Origins of the pages that ask the API, as a browser on the usual port has them. */
export const sharedCookieOrigins = {
  listed: "https://client.example.com",
  unlisted: "https://evil.example.com",
} as const;

const part = (name: string, word: string, route: Route): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/shared-cookies") },
    command: ["python3", "shared.py", word],
    environment: { SHARED_API: "https://host.example.com", SHARED_COOKIE_DOMAIN: "example.com" },
    routes: [route],
  });

/**
 * Two hosts that share their cookies, as in Gramex's guide ("CORS POST with auth"): a page that is logged in, an API on another
 * host that takes its requests, and the same page where it is not listed, with the same cookies.
 */
export const sharedCookieApps: readonly App[] = [
  part("client", "page", { domain: "client.example.com" }),
  part("evil", "page", { domain: "evil.example.com" }),
  part("host", "api", {
    domain: "host.example.com",
    cors: {
      origins: [sharedCookieOrigins.listed],
      credentials: true,
      methods: [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put],
      requestHeaders: ["X-Xsrftoken"],
      exposeHeaders: ["X-Total"],
    },
  }),
];
