import { App } from "../../app/app";
import { ListenVia } from "../../app/listen";
import { Relaxation } from "../../app/relaxation";
import { dataFolder } from "../../app/paths";
import { servedData } from "../../app/served-data";
import { because, Setting, setting } from "./tree";
import { raw, words } from "./word";

/**
 * What an app may not do (systemd.exec(5)): it writes to its data folder alone, sees its own
 * processes, devices and temporary files, has no capabilities, and opens only the connections it declares.
 */
export function sandbox(app: App): Setting[] {
  return relaxed(
    [...restrictions, fileMode(app), ...network(app), setting("ReadWritePaths", words(dataFolder(app.name)))],
    app.relax ?? [],
  );
}

/** The same for every app, and for what runs beside one. */
export const restrictions: readonly Setting[] = [
  setting("NoNewPrivileges", true),
  setting("CapabilityBoundingSet", ""),
  setting("AmbientCapabilities", ""),
  setting("ProtectSystem", "strict"),
  setting("ProtectHome", true),
  setting("PrivateTmp", true),
  setting("PrivateDevices", true),
  setting("PrivateUsers", true),
  setting("ProtectClock", true),
  setting("ProtectHostname", true),
  setting("ProtectKernelLogs", true),
  setting("ProtectKernelModules", true),
  setting("ProtectKernelTunables", true),
  setting("ProtectControlGroups", true),
  setting("ProtectProc", "invisible"),
  setting("ProcSubset", "pid"),
  setting("LockPersonality", true),
  setting("MemoryDenyWriteExecute", true),
  setting("RestrictNamespaces", true),
  setting("RestrictRealtime", true),
  setting("RestrictSUIDSGID", true),
  setting("RemoveIPC", true),
  setting("SystemCallArchitectures", "native"),
  setting("SystemCallFilter", "@system-service"),
  setting("SystemCallFilter", "~@privileged @resources"),
  setting("SystemCallErrorNumber", "EPERM"),
  setting("DevicePolicy", "closed"),
  setting("KeyringMode", "private"),
  setting("NotifyAccess", "main"),
];

/** Mode of the files that the app makes. */
function fileMode(app: App): Setting {
  if (makesOwnSocket(app))
    return because("nginx's group opens the socket that the app makes", setting("UMask", "0007"));
  return servedData(app).length > 0
    ? because("nginx's group reads the folders that it answers from", setting("UMask", "0027"))
    : setting("UMask", "0077");
}

/** An app that makes its own socket, in a folder that nginx's group can enter. */
export function makesOwnSocket(app: App): boolean {
  return app.listen?.via === ListenVia.Socket;
}

/**
 * An app that gets its sockets from systemd and reaches nothing has no network at all. One that listens on the loopback
 * address needs that much. One that reaches others has the network: `IPAddressDeny=` knows addresses, not names and
 * ports, so holding it to its peers is for a firewall.
 */
function network(app: App): Setting[] {
  const reaches = (app.reach ?? []).length > 0;
  if (reaches) return [setting("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6")];
  if (app.listen?.via === ListenVia.Port) {
    return [
      setting("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6"),
      // Clients of public ports come from anywhere.
      ...(app.listen.publicPorts?.length
        ? []
        : [setting("IPAddressDeny", "any"), setting("IPAddressAllow", "localhost")]),
    ];
  }
  return [
    setting("PrivateNetwork", true),
    setting("RestrictAddressFamilies", "AF_UNIX"),
    ...(app.listen?.publicPorts?.length ? [] : [setting("IPAddressDeny", "any")]),
  ];
}

/** Lists to which an app's own words are added. Everything else they replace. */
const lists = ["ReadWritePaths", "IPAddressAllow"];

/** Puts the app's own words in the place of ours, with the reasons. */
function relaxed(settings: readonly Setting[], relaxations: readonly Relaxation[]): Setting[] {
  const replaced = new Set(relaxations.map(({ directive }) => directive).filter((name) => !lists.includes(name)));
  return [
    ...settings.filter(({ key }) => !replaced.has(key)),
    ...relaxations.map(({ directive, value, reason }) => because(reason, setting(directive, raw(value)))),
  ];
}
