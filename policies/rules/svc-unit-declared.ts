import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { appServices } from "../hosts/services";
import { ReadCommand } from "../reader/host-view";
import { Answer, UnitView } from "../reader/systemd/unit-view";
import { Draft, Rule } from "../rule";
import { proxied } from "../web/upstream";
import { absent, fail, pass, placed, unknown } from "./drafts";

/** Web servers of apps. A command that runs one starts an app. */
const servers = /(^|\/)(gunicorn|uvicorn|hypercorn|daphne|waitress-serve|gramex|flask|puma|unicorn|php-fpm[\d.]*)$/;

/** Programs that run what they are given: an app, or a script that sets one up. */
const interpreters = /(^|\/)(python[\d.]*|node|ruby|java|php|dotnet|perl)$/;

/** An app that a script starts is gone after the first reboot. */
export const svcUnitDeclared: Rule<Host> = {
  id: "svc-unit-declared",
  item: "service",
  title: "Each app is a service that starts now and at every boot",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "A host that serves an app needs a systemd service for it, enabled so that it starts at boot, and started so that it " +
    "runs without one. A socket or timer of the same name does both as well. Services that a package brings count when " +
    "they are enabled by a command.",
  targets: ({ hosts }: Context) => hosts.filter(runsAnApp),
  check(host) {
    const expected = host.contract.services ?? appServices(host).map(({ unit }) => unit.name);
    if (expected.length > 0) return expected.map((name) => checkService(host, name));
    const packaged = enabledPackages(host);
    if (packaged.length > 0) return [pass(`${packaged.join(", ")}, of a package, starts at boot`)];
    const [started] = startedServers(host);
    if (started)
      return [
        fail("a command starts an app, which is gone after a reboot", "write a unit for it, then enable and start it", {
          place: placed(started.place),
        }),
      ];
    return [
      absent(
        host,
        "it serves an app, but has no service for it",
        "write a unit for the app into /etc/systemd/system, then enable and start it",
      ),
    ];
  },
};

/** Whether something is declared to run on the host, or its files and commands show that something does. */
function runsAnApp(host: Host): boolean {
  const { contract, view } = host;
  if (contract.services !== null) return contract.services.length > 0;
  const { nginx } = view;
  return (
    appServices(host).length > 0 ||
    (nginx !== null && nginx.servers.some((server) => proxied(nginx, server).length > 0)) ||
    startedServers(host).length > 0 ||
    view.commands.some(runsScript)
  );
}

/** Whether a command runs a script, of which nobody can tell whether it is the app. */
function runsScript(command: ReadCommand): boolean {
  const [program, script] = programOf(command);
  return interpreters.test(program) && script !== "" && !script.startsWith("-");
}

/** Programs that only start another one. */
const starters = /^(nohup|setsid|exec|nice)$/;

/** Commands by which an app is started without a service. */
function startedServers({ view }: Host): ReadCommand[] {
  return view.commands.filter((command) => servers.test(programOf(command)[0]));
}

/** The program that a command runs in the end, and its first argument. */
function programOf({ words }: ReadCommand): [program: string, argument: string] {
  const [program, argument] = words.filter((word) => word === null || !starters.test(word));
  return [program ?? "", argument ?? ""];
}

function checkService(host: Host, name: string): Draft {
  const unit = host.view.units.find((one) => one.name === name);
  const details = { about: name, ...(unit && { place: placed(unit.place) }) };
  if (!unit?.hasOwnFile) {
    if (enabledPackages(host).includes(name)) return pass(`${name}, of a package, starts at boot`, details);
    return absent(host, `there is no unit ${name}`, "write it into /etc/systemd/system", details);
  }
  if (unit.masked) return fail(`${name} is masked, so it never starts`, `unmask ${name}`, details);
  const starting = [unit, ...activators(host, unit)];
  const enabled = best(starting.map((one) => one.enabled));
  const started = best(starting.map((one) => one.started));
  const missing = [...(enabled === Answer.No ? ["enabled"] : []), ...(started === Answer.No ? ["started"] : [])];
  if (missing.length > 0)
    return absent(host, `${name} is never ${missing.join(" nor ")}`, `run systemctl enable --now ${name}`, details);
  if (enabled === Answer.Unknown || started === Answer.Unknown)
    return unknown(
      `whether ${name} is enabled and started cannot be told`,
      `run systemctl enable --now ${name} by itself`,
      details,
    );
  return pass(`${name} is enabled and started`, details);
}

/** What brings a service up when it is needed: its socket, its timer. */
function activators({ view }: Host, unit: UnitView): UnitView[] {
  return view.units.filter(({ name }) => unit.activators.includes(name));
}

function best(answers: readonly Answer[]): Answer {
  return [Answer.Yes, Answer.Unknown].find((answer) => answers.includes(answer)) ?? Answer.No;
}

/** Units of web servers, which stand before an app and are none. */
const webServers = new Set(["nginx", "apache2", "httpd", "haproxy", "caddy"].map((name) => `${name}.service`));

/** Services that commands enable and start though no file brings their unit: a package does. */
function enabledPackages({ view }: Host): string[] {
  const enabled = new Set<string>();
  const started = new Set<string>();
  for (const { words } of view.commands) {
    if (words[0] !== "systemctl") continue;
    const [verb, ...units] = words.slice(1).flatMap((word) => (word === null || word.startsWith("-") ? [] : [word]));
    const names = units.map((unit) => (/\.[a-z]+$/.test(unit) ? unit : `${unit}.service`));
    if (verb === "enable") names.forEach((name) => enabled.add(name));
    if (verb === "start" || verb === "restart" || words.includes("--now")) names.forEach((name) => started.add(name));
  }
  const own = new Set(view.units.flatMap(({ name, hasOwnFile }) => (hasOwnFile ? [name] : [])));
  return [...enabled].filter((name) => started.has(name) && !own.has(name) && !webServers.has(name));
}
