import { App } from "../../app/app";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { apacheLogs, rotation, rotationPackage } from "../logs/rotation";
import { WebPlan } from "../web-plan";
import { strangersName } from "./default-site";
import { apacheFiles, apacheServer } from "./files";
import { accessLogFile, errorLogFile } from "./log";
import { proofLine } from "./proof";

/** Plans httpd for apps that have routes. */
export function planApache(apps: readonly App[], hops: HopChain, guest: Guest): WebPlan {
  return {
    packages: ["apache2", "openssl", rotationPackage],
    users: [],
    directories: [],
    files: [...apacheFiles(apps, hops, guest), rotation(apacheLogs)],
    secrets: [],
    units: [apacheServer.unit],
    server: apacheServer,
    placeholders: [strangersName],
    proofLine,
    logs: { access: [{ file: accessLogFile }], error: errorLogFile },
  };
}
