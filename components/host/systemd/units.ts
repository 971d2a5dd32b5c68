import { App } from "../../app/app";
import { redisUnit, serviceUnit, socketUnit } from "../../app/paths";
import { Guest } from "../guest";
import { hitchUnit } from "../hitch/configuration";
import { nginxUnit } from "../nginx/files";
import { openFiles } from "../nginx/main";
import { instances, serviceUnits } from "../places";
import { Change, Effect, HostPlan, PlannedFile, PlannedWebServer } from "../plan";
import { render as renderScript } from "../shell/render";
import { withCredentials } from "../shell/with-credentials";
import { stunnelFrontUnit } from "../stunnel/configuration";
import { redisUnitOf } from "./redis";
import { foldersUnit, mountUnit, tunnelUnit } from "../shared-files/tunnel";
import { render } from "./render";
import { restarting, serviceUnitOf, withCredentialsPath } from "./service";
import { foldersUnitOf, mountUnitOf, tunnelUnitOf } from "./shared-files";
import { hasSocketUnit, socketUnitOf } from "./socket";
import { stunnelFrontUnitOf } from "./stunnel-front";
import { because, section, Setting, setting, Unit, unit } from "./tree";
import { raw } from "./word";

const unitFolder = "/etc/systemd/system";

/**
 * The units of an app: the service of each instance, the sockets that systemd holds for it, the Redis of all of them. None for an
 * app that runs nothing. `shared`: as of its service.
 */
export function appUnits(app: App, guest: Guest, shared: readonly string[] = []): PlannedFile[] {
  const { process } = app;
  if (!process) return [];
  const restart = (...units: string[]): Change => ({ effect: Effect.Restart, units });
  return [
    ...(hasSocketUnit(app) ? instances(app) : []).map((instance) => {
      const socket = socketUnit(app.name, instance);
      // Both: a socket cannot be changed while its service runs.
      return file(socket, socketUnitOf(app, instance), restart(socket, serviceUnit(app.name, instance)));
    }),
    ...(app.redis ? [file(redisUnit(app.name), redisUnitOf(app, app.redis, guest), restart(redisUnit(app.name)))] : []),
    ...instances(app).map((instance) => {
      const service = serviceUnit(app.name, instance);
      return file(service, serviceUnitOf({ app, process, instance, guest, shared }), restart(service));
    }),
  ];
}

/** What the units of all apps of a host share, and what is added to the host's own units. `web`: what answers for its routes. */
export function hostUnits(
  apps: readonly App[],
  guest: Guest,
  { server, front }: Pick<HostPlan, "front"> & { server?: PlannedWebServer } = {},
): PlannedFile[] {
  const wrapped = apps.filter((app) => app.process && app.secrets?.some((secret) => secret.environment !== undefined));
  return [
    ...(apps.some((app) => app.routes?.length)
      ? [server?.unit ?? nginxUnit, ...(front ? [front.unit] : [])].map((name) => webUnit(name, guest))
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
            change: { effect: Effect.Restart, units: wrapped.flatMap(serviceUnits) },
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

function webUnit(name: string, guest: Guest): PlannedFile {
  if (name === stunnelFrontUnit)
    return file(name, stunnelFrontUnitOf(guest), { effect: Effect.Restart, units: [name] });
  const content = webServerAdditions(guest, ...(name === hitchUnit ? [movesConnections] : []));
  return file(`${name}.d/landfall.conf`, content, { effect: Effect.None, units: [] });
}

/** Each process of hitch listens for itself, and its reload ends those that do (Linux, ip-sysctl.rst, "tcp_migrate_req"). */
const movesConnections = because(
  "connections that wait for a process that ends go to another one",
  setting("ExecStartPre", raw("-/bin/sh -c 'echo 1 >/proc/sys/net/ipv4/tcp_migrate_req'")),
);

/** Debian's units of web servers do not start them again whenever they die. */
function webServerAdditions(guest: Guest, ...further: Setting[]): Unit {
  return unit(
    section("Unit", [setting("StartLimitIntervalSec", 0)]),
    section("Service", [
      ...restarting(guest),
      because("for the main process; its workers set theirs", setting("LimitNOFILE", openFiles)),
      ...further,
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
