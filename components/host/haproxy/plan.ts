import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { WebPlan } from "../web-plan";
import { challengePort } from "./challenges";
import { haproxyFiles } from "./files";
import { proofLine } from "./proof";
import { haproxyServer } from "./server";

/** Plans HAProxy for apps that have routes. */
export function planHaproxy(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  return {
    packages: ["haproxy", "openssl"],
    users: [],
    directories: [],
    files: haproxyFiles(apps, hops, guest, web),
    secrets: [],
    units: [haproxyServer.unit],
    server: { ...haproxyServer, challengePort },
    proofLine,
  };
}
