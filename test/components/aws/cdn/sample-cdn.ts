import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import type { CdnArgs } from "../../../../components/aws/cdn/cdn-args";
import { gitApp } from "../sample-place";

/** An app, and files below it. */
export const shop: App = gitApp({
  name: "shop",
  routes: [
    { domain: "www.example.com", websocket: true },
    { domain: "www.example.com", path: "/docs/", serve: ServeBy.Files, directory: "public" },
  ],
});

/** A distribution before a server, and what else is said of it. */
export function sampleCdn(more: Partial<CdnArgs> = {}): CdnArgs {
  return {
    apps: [shop],
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    origin: { domainName: "origin.example.com" },
    ...more,
  };
}
