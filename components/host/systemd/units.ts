import { App } from "../../app/app";
import { redisUnit, serviceUnit, socketUnit } from "../../app/paths";
import { Guest } from "../guest";
import { nginxUnit } from "../nginx/files";
import { openFiles } from "../nginx/main";
import { Change, Effect, PlannedFile } from "../plan";
import { render as renderScript } from "../shell/render";
import { withCredentials } from "../shell/with-credentials";
import { redisUnitOf } from "./redis";
import { foldersUnit, mountUnit, tunnelUnit } from "../shared-files/tunnel";
import { render } from "./render";
import { restarting, serviceUnitOf, withCredentialsPath } from "./service";
import { foldersUnitOf, mountUnitOf, tunnelUnitOf } from "./shared-files";
import { hasSocketUnit, socketUnitOf } from "./socket";
import { because, section, setting, Unit, unit } from "./tree";

const unitFolder = "/etc/systemd/system";

/** The units of an app: its service, the sockets that systemd holds for it, its Redis. None for an app that runs nothing. `shared`: as of its service. */
export function appUnits(app: App, guest: Guest, shared: readonly string[] = []): PlannedFile[] {
  if (!app.process) return [];
  const service = serviceUnit(app.name);
  const socket = socketUnit(app.name);
  return [
    // Both: a socket cannot be changed while its service runs.
    ...(hasSocketUnit(app)
      ? [file(socket, socketUnitOf(app), { effect: Effect.Restart, units: [socket, service] })]
      : []),
    ...(app.redis
      ? [
          file(redisUnit(app.name), redisUnitOf(app, app.redis, guest), {
            effect: Effect.Restart,
            units: [redisUnit(app.name)],
          }),
        ]
      : []),
    file(service, serviceUnitOf(app, app.process, guest, shared), { effect: Effect.Restart, units: [service] }),
  ];
}

/** What the units of all apps of a host share, and what is added to the host's own units. `webServer`: the unit of what answers for its routes. */
export function hostUnits(apps: readonly App[], guest: Guest, webServer = nginxUnit): PlannedFile[] {
  const wrapped = apps.filter((app) => app.process && app.secrets?.some((secret) => secret.environment !== undefined));
  return [
    ...(apps.some((app) => app.routes?.length)
      ? [file(`${webServer}.d/landfall.conf`, webServerAdditions(guest), { effect: Effect.None, units: [] })]
      : []),
    ...(apps.some((app) => app.redis) ? [masked(guest.redis.unit)] : []),
    ...(wrapped.length > 0
      ? [
          {
            path: withCredentialsPath,
            content: renderScript(withCredentials()),
            mode: "0755",
            owner: "root",
            group: "root",
            change: { effect: Effect.Restart, units: wrapped.map((app) => serviceUnit(app.name)) },
          },
        ]
      : []),
  ];
}

/** What brings the files that machines share to the apps that share them. */
export function sharedFilesUnits(apps: readonly App[], guest: Guest): PlannedFile[] {
  return [
    // NFS 4 asks no port mapper, which would listen on every address of the host.
    ...["rpcbind.service", "rpcbind.socket"].map(masked),
    file(tunnelUnit, tunnelUnitOf(guest), { effect: Effect.Restart, units: [tunnelUnit] }),
    file(mountUnit, mountUnitOf(), { effect: Effect.Restart, units: [mountUnit] }),
    ...apps.map((app) => {
      const name = foldersUnit(app.name);
      return file(name, foldersUnitOf(app), { effect: Effect.Restart, units: [name] });
    }),
  ];
}

/** Debian's units of web servers do not start them again whenever they die. */
function webServerAdditions(guest: Guest): Unit {
  return unit(
    section("Unit", [setting("StartLimitIntervalSec", 0)]),
    section("Service", [
      ...restarting(guest),
      because("for the main process; its workers set theirs", setting("LimitNOFILE", openFiles)),
    ]),
  );
}

/** An empty file in its place keeps a unit of a package from ever running (systemd.unit(5), "masked"). */
function masked(name: string): PlannedFile {
  return file(name, unit(), { effect: Effect.None, units: [] });
}

function file(name: string, content: Unit, change: Change): PlannedFile {
  return {
    path: `${unitFolder}/${name}`,
    content: render(content),
    mode: "0644",
    owner: "root",
    group: "root",
    change,
  };
}
