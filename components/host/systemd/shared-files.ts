import { App } from "../../app/app";
import { appUser, sharedAppFolder, sharedFolder, sharedRoot } from "../../app/paths";
import { Guest } from "../guest";
import { mountUnit, tunnelFile, tunnelPort, tunnelUnit } from "../shared-files/tunnel";
import { restrictions } from "./sandbox";
import { restarting } from "./service";
import { because, section, Setting, setting, Unit, unit } from "./tree";
import { command, words } from "./word";

/** Encrypts what goes to the file system, and believes only a server with its name. */
export function tunnelUnitOf(guest: Guest): Unit {
  return unit(
    section("Unit", [
      setting("Description", "Tunnel to the files that machines share"),
      setting("Wants", "network-online.target"),
      setting("After", "network-online.target nss-lookup.target"),
      setting("StartLimitIntervalSec", 0),
    ]),
    section("Service", [
      setting("Type", "exec"),
      setting("DynamicUser", true),
      setting("ExecStart", command("/usr/bin/stunnel4", tunnelFile)),
      ...restarting(guest),
      ...restrictions,
      setting("UMask", "0077"),
      setting("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6"),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}

/**
 * Options that AWS recommends (Amazon EFS User Guide, "NFS mount settings"), and the port of the tunnel. Nobody's program on the
 * file system runs as another user, and none of its files is a device.
 */
const options = [
  "nfsvers=4.1",
  `port=${tunnelPort}`,
  "rsize=1048576",
  "wsize=1048576",
  "hard",
  "timeo=600",
  "retrans=2",
  "noresvport",
  "nosuid",
  "nodev",
  "_netdev",
];

/** The file system. What uses it goes on while the tunnel is restarted, and waits. */
export function mountUnitOf(): Unit {
  return unit(
    section("Unit", [
      setting("Description", "Files that machines share"),
      setting("Wants", tunnelUnit),
      setting("After", tunnelUnit),
    ]),
    section("Mount", [
      setting("What", "127.0.0.1:/"),
      setting("Where", sharedRoot),
      setting("Type", "nfs4"),
      setting("Options", options.join(",")),
      because("a new file system's name is not known everywhere for a while", setting("TimeoutSec", 150)),
    ]),
    section("Install", [setting("WantedBy", "remote-fs.target")]),
  );
}

/**
 * Makes the folders that an app shares, which is possible only once the file system is mounted. The folders above them are root's,
 * so no link of an app is on the way.
 */
export function foldersUnitOf({ name, sharedData = [] }: App): Unit {
  return unit(
    section("Unit", [
      setting("Description", `Folders that app ${name} shares`),
      setting("RequiresMountsFor", words(sharedRoot)),
      setting("After", mountUnit),
    ]),
    section("Service", [
      setting("Type", "oneshot"),
      setting("RemainAfterExit", true),
      makeFolders("root", "0755", new Set(sharedData.flatMap((folder) => above(name, folder)))),
      makeFolders(
        appUser(name),
        "0700",
        sharedData.map((folder) => sharedFolder(name, folder)),
      ),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}

function makeFolders(owner: string, mode: string, folders: Iterable<string>): Setting {
  const options = [`--owner=${owner}`, `--group=${owner}`, `--mode=${mode}`];
  return setting("ExecStart", command("/usr/bin/install", "--directory", ...options, ...folders));
}

/** The folders on the way to a shared one, from the app's own on. */
function above(app: string, folder: string): string[] {
  const parts = folder.split("/").slice(0, -1);
  return [sharedAppFolder(app), ...parts.map((_, index) => sharedFolder(app, parts.slice(0, index + 1).join("/")))];
}
