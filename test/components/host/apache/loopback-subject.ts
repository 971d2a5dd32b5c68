import type { App } from "../../../../components/app/app";
import { withLiteralDomains } from "../../../../components/app/route/domains";
import type { Web } from "../../../../components/app/web";
import { LoopbackSubject, useLoopbackServer } from "../loopback-subject";
import { RunningApache } from "./running-apache";

/** Runs a real httpd for a suite: call it in the body of `describe`. `folders`: what the code of an app is, by the app's name. */
export function useApache(
  apps: readonly App[],
  folders: Readonly<Record<string, string>> = {},
  web: Web = {},
): LoopbackSubject<RunningApache> {
  return useLoopbackServer(apps, async () => {
    const apache = await RunningApache.start(withLiteralDomains(apps), {}, {}, web);
    for (const [app, folder] of Object.entries(folders)) apache.addFolder(app, folder);
    return apache;
  });
}
