import { Guest } from "../guest";
import { openFiles } from "../nginx/main";
import { stunnelFrontFile, stunnelUser } from "../stunnel/configuration";
import { restrictions } from "./sandbox";
import { restarting } from "./service";
import { because, section, setting, Unit, unit } from "./tree";
import { command } from "./word";

/** What the port for TLS needs; all other restrictions hold. */
const replaced = ["CapabilityBoundingSet", "AmbientCapabilities", "PrivateUsers", "SystemCallFilter"];
const bindsPort = "CAP_NET_BIND_SERVICE";

/** stunnel in front of nginx. Debian's own unit runs it as root, and again as root after its first reload. */
export function stunnelFrontUnitOf(guest: Guest): Unit {
  return unit(
    section("Unit", [
      setting("Description", "TLS in front of the web server"),
      setting("Wants", "network-online.target"),
      setting("After", "network-online.target"),
      setting("StartLimitIntervalSec", 0),
    ]),
    section("Service", [
      setting("Type", "exec"),
      because("alone may read the keys", setting("User", stunnelUser)),
      setting("ExecStart", command("/usr/bin/stunnel4", stunnelFrontFile)),
      because("reads the certificates anew, and keeps connections", setting("ExecReload", "/bin/kill -HUP $MAINPID")),
      ...restarting(guest),
      setting("LimitNOFILE", openFiles),
      setting("CapabilityBoundingSet", bindsPort),
      setting("AmbientCapabilities", bindsPort),
      ...restrictions.filter(({ key }) => !replaced.includes(key)),
      setting("SystemCallFilter", "@system-service"),
      setting("UMask", "0077"),
      setting("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6"),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}
