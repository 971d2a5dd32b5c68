import { App } from "../../app/app";
import { Process, ReadyWhen } from "../../app/process";
import { Secret } from "../../app/secret";
import {
  appUser,
  codeFolder,
  currentEnvironment,
  dataFolder,
  redisUnit,
  secretFile,
  sharedAppFolder,
  sharedFolder,
  socketUnit,
} from "../../app/paths";
import { ownRedisUrl, redisVariable } from "../../app/redis";
import { atLeast, Guest } from "../guest";
import { instances } from "../places";
import { foldersUnit } from "../shared-files/tunnel";
import { ownSocketDirectory, ownSocketFolder } from "./own-socket";
import { makesOwnSocket, sandbox } from "./sandbox";
import { hasSocketUnit, webUser } from "./socket";
import { because, section, Setting, setting, Unit, unit } from "./tree";
import { command, Expression, raw, words } from "./word";

/** Program that puts secrets into the environment: see `withCredentials`. */
export const withCredentialsPath = "/usr/local/lib/landfall/with-credentials";

/** What the unit of an app is made from. */
interface ServiceUnitArgs {
  app: App;
  process: Process;
  guest: Guest;
  /** Which of its instances, from 1 on. @default 1 */
  instance?: number;
  /** Folders of its data that are on a file system of many machines. @default none */
  shared?: readonly string[];
}

/** Variable that tells an instance of several its number. */
const instanceVariable = "LANDFALL_INSTANCE";

/** The unit that runs an app, or one of its instances. */
export function serviceUnitOf({ app, process, guest, instance = 1, shared = [] }: ServiceUnitArgs): Unit {
  return unit(
    section("Unit", [
      setting("Description", `App ${app.name}${ofSeveral(app, `, instance ${instance}`)}`),
      ...dependencies(app, instance),
      ...mounts(app, shared),
      ...noStartLimit(),
    ]),
    section("Service", [
      setting("Type", process.ready ?? ReadyWhen.Started),
      setting("User", appUser(app.name)),
      setting("Group", makesOwnSocket(app) ? webUser : appUser(app.name)),
      setting("WorkingDirectory", codeFolder(app.name)),
      ...environment(app, instance),
      ...(app.secrets ?? []).map(credential(app)),
      setting("ExecStart", startCommand(app, process)),
      ...(process.reloadSignal ? [setting("ExecReload", reloadCommand(process.reloadSignal))] : []),
      ...stopping(process),
      ...startTimeout(app, process),
      ...restarting(guest),
      because("the usual 1,024 are too few for websockets", setting("LimitNOFILE", 16384)),
      ...ownSocket(app),
      ...shared.map((folder) => sharedIn(app, folder)),
      ...sandbox(app),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}

/** What is said of one of several instances, and of an app that is the only one is not. */
const ofSeveral = (app: App, text: string): string => (instances(app).length > 1 ? text : "");

function dependencies(app: App, instance: number): Setting[] {
  const socket = socketUnit(app.name, instance);
  const sockets = hasSocketUnit(app) ? [setting("Requires", socket), setting("After", socket)] : [];
  const network = app.reach?.length
    ? [setting("Wants", "network-online.target"), setting("After", "network-online.target nss-lookup.target")]
    : [];
  // Not `Requires`: the app goes on while its Redis is restarted.
  const redis = app.redis ? [setting("Wants", redisUnit(app.name)), setting("After", redisUnit(app.name))] : [];
  return [...sockets, ...network, ...redis];
}

/** Without the folders that it shares, an app would write into those below them. */
function mounts(app: App, shared: readonly string[]): Setting[] {
  if (!shared.length) return [];
  return [
    setting("RequiresMountsFor", words(sharedAppFolder(app.name))),
    setting("Requires", foldersUnit(app.name)),
    setting("After", foldersUnit(app.name)),
  ];
}

/** A shared folder, shown to the app where it looks for it on any host. */
const sharedIn = (app: App, folder: string): Setting =>
  setting("BindPaths", words(`${sharedFolder(app.name, folder)}:${dataFolder(app.name)}/${folder}`));

/** systemd's limit of 5 starts in 10 s would make the socket fail too, and its file vanish. */
function noStartLimit(): Setting[] {
  return [because("keep trying: giving up would close the socket as well", setting("StartLimitIntervalSec", 0))];
}

/** What every app finds in its environment; its own values come later and win. */
function environment(app: App, instance: number): Setting[] {
  const python = app.python || app.source.package ? { PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" } : {};
  const redis = app.redis ? { [redisVariable(app.redis)]: ownRedisUrl(app.name) } : {};
  const number = instances(app).length > 1 ? { [instanceVariable]: String(instance) } : {};
  const variables = { HOME: dataFolder(app.name), ...python, ...redis, ...number, ...app.environment };
  return Object.entries(variables).map(([name, value]) => setting("Environment", words(`${name}=${value}`)));
}

const credential =
  (app: App) =>
  ({ name }: Secret): Setting =>
    setting("LoadCredential", words(`${name}:${secretFile(app.name, name)}`));

function startCommand(app: App, process: Process): Expression {
  const [name, ...args] = process.command;
  if (name === undefined)
    throw new Error(`app ${app.name}: process.command is empty; give the program and its arguments`);
  const program = programPath(app, name);
  const variables = (app.secrets ?? []).flatMap(({ name: secret, environment }) =>
    environment === undefined ? [] : [`${environment}=${secret}`],
  );
  if (variables.length > 0) return command(withCredentialsPath, ...variables, "--", program, ...args);
  // A name is looked up on PATH, as a person at a shell would have it: systemd itself has folders of its own for that.
  return program.includes("/") ? command(program, ...args) : command("/usr/bin/env", program, ...args);
}

/** Where a program is looked up: as `Process.command` says. */
function programPath(app: App, name: string): string {
  if (name.startsWith("/")) return name;
  if (name.includes("/")) return `${codeFolder(app.name)}/${name.replace(/^\.\//, "")}`;
  return app.python || app.source.package ? `${currentEnvironment(app.name)}/bin/${name}` : name;
}

function reloadCommand(signal: string): Expression {
  if (!/^[A-Z0-9+]+$/.test(signal))
    throw new Error(`${JSON.stringify(signal)} is not a signal; give a name such as SIGHUP`);
  return raw(`/bin/kill -s ${signal.replace(/^SIG/, "")} $MAINPID`);
}

/** systemd waits 5 s longer than the app, which else is killed with requests in flight. */
function stopping(process: Process): Setting[] {
  return [
    ...(process.stopSignal ? [setting("KillSignal", process.stopSignal)] : []),
    ...(process.stopsOwnWorkers ? [setting("KillMode", "mixed")] : []),
    setting("TimeoutStopSec", (process.gracefulSeconds ?? 30) + 5),
  ];
}

/** An app that says when it is ready may take as long as its health check allows. */
function startTimeout(app: App, process: Process): Setting[] {
  return process.ready === ReadyWhen.Notified ? [setting("TimeoutStartSec", (app.health?.startSeconds ?? 60) + 5)] : [];
}

/** A short pause: requests are waiting. Where systemd can (254 and later), the pauses of an app that keeps failing grow. */
export function restarting(guest: Guest): Setting[] {
  return [
    setting("Restart", "always"),
    setting("RestartSec", "100ms"),
    ...(atLeast(guest.systemd, "254") ? [setting("RestartSteps", 8), setting("RestartMaxDelaySec", "5s")] : []),
  ];
}

/** The app's own folder, shown to it as the folder of all sockets, so that `socketPath` is right inside as well. */
function ownSocket(app: App): Setting[] {
  if (!makesOwnSocket(app)) return [];
  return [
    setting("RuntimeDirectory", ownSocketDirectory(app.name)),
    setting("RuntimeDirectoryMode", "0750"),
    setting("RuntimeDirectoryPreserve", "restart"),
    setting("BindPaths", words(`${ownSocketFolder(app.name)}:/run/landfall`)),
  ];
}
