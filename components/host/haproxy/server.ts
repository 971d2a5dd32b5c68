import { PlannedWebServer } from "../plan";
import { haproxyFolder, haproxyUnit } from "./folder";

/** HAProxy, as the host checks it and hands it certificates. */
export const haproxyServer: PlannedWebServer = {
  unit: haproxyUnit,
  folder: `${haproxyFolder}/`,
  main: "haproxy.cfg",
  check: ["haproxy", "-c", "-q", "-f"],
  certificateOwner: "root",
};
