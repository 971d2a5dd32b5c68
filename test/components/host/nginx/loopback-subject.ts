import type { App } from "../../../../components/app/app";
import type { Web } from "../../../../components/app/web";
import { LoopbackSubject, useLoopbackServer } from "../loopback-subject";
import { RunningNginx } from "./running-nginx";

/** Runs a real nginx for a suite: call it in the body of `describe`. `folders`: what the code of an app is, by the app's name. */
export function useLoopback(
  apps: readonly App[],
  web: Web = {},
  folders: Readonly<Record<string, string>> = {},
): LoopbackSubject<RunningNginx> {
  return useLoopbackServer(apps, async () => {
    const nginx = await RunningNginx.start(apps, {}, {}, 1, web);
    for (const [app, folder] of Object.entries(folders)) nginx.addFolder(app, folder);
    return nginx;
  });
}
