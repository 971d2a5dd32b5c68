import { Context } from "../context";
import { Level, Severity } from "../finding";
import { appServices, Service } from "../hosts/services";
import { commandLines, lastSetting, settings } from "../reader/systemd/settings";
import { UnitView } from "../reader/systemd/unit-view";
import { Draft, Rule } from "../rule";
import { fail, pass, placed, unset } from "./drafts";

/** The first port that needs no capability (`net.ipv4.ip_unprivileged_port_start`). */
const firstFreePort = 1024;

/** Prefixes of ExecStart= with which systemd leaves out `User=` (systemd.service(5)). */
const fullPrivileges = /[+!]/;

/** A fault in an app that runs as root is a fault in the whole machine. */
export const svcNotRoot: Rule<Service> = {
  id: "svc-not-root",
  item: "service",
  title: "No app runs as root",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "A unit without User= runs as root. Give it a user of its own, or DynamicUser=yes. A port below 1024 is no reason " +
    "for root: let the web server answer there, let systemd open the socket, or give the one capability " +
    "CAP_NET_BIND_SERVICE.",
  targets: ({ hosts }: Context) => hosts.flatMap(appServices),
  check(service) {
    const drafts = [checkUser(service.unit), ...checkPrefixes(service.unit), ...checkPort(service)].filter(
      (draft) => draft !== null,
    );
    return drafts.length > 0
      ? drafts
      : [
          pass(`${service.unit.name} has a user of its own`, {
            about: service.unit.name,
            place: placed(service.unit.place),
          }),
        ];
  },
};

function checkUser(unit: UnitView): Draft | null {
  const user = lastSetting(unit, "Service", "User");
  const place = placed(user?.place ?? unit.place);
  const about = unit.name;
  if (user && /^(root|0)$/.test(user.value))
    return fail(`${unit.name} runs as root`, "give it a user of its own", { about, place });
  if (!isUnprivileged(unit))
    return unset(
      unit,
      `${unit.name} has no User=, so it runs as root`,
      "set User= to a user of its own, or DynamicUser=yes",
      { about, place },
    );
  return null;
}

function isUnprivileged(unit: UnitView): boolean {
  const user = lastSetting(unit, "Service", "User")?.value ?? "";
  return (user !== "" && !/^(root|0)$/.test(user)) || isTrue(lastSetting(unit, "Service", "DynamicUser")?.value);
}

/** What systemd takes for true. */
const isTrue = (value: string | undefined): boolean => /^(1|y|yes|t|true|on)$/i.test(value ?? "");

function checkPrefixes(unit: UnitView): Draft[] {
  return commandLines(unit, "ExecStart")
    .filter(({ prefixes }) => fullPrivileges.test(prefixes))
    .map(({ prefixes, place }) =>
      fail(
        `${unit.name} starts its program with the prefix ${prefixes}, so it runs as root in spite of User=`,
        "take the prefix away",
        {
          about: `${unit.name} ExecStart`,
          place: placed(place),
        },
      ),
    );
}

/** A port that the app's user may not open: the service fails, and the next one to look at it makes it root. */
function checkPort({ host, unit }: Service): Draft[] {
  const stem = unit.name.replace(/\.service$/, "");
  const hasSocket = host.view.units.some(({ name }) => name === `${stem}.socket`);
  if (hasSocket || !isUnprivileged(unit) || mayBindAnyPort(unit)) return [];
  return commandLines(unit, "ExecStart").flatMap(({ words, place }) =>
    listenPorts(words)
      // 0 is none, as for a Redis on a socket, or one that the system chooses.
      .filter((port) => port > 0 && port < firstFreePort)
      .map((port) =>
        fail(
          `${unit.name} listens on port ${port}, which its user may not open`,
          "listen on 1024 or above, or set AmbientCapabilities=CAP_NET_BIND_SERVICE",
          {
            about: `${unit.name} port ${port}`,
            place: placed(place),
          },
        ),
      ),
  );
}

function mayBindAnyPort(unit: UnitView): boolean {
  return settings(unit, "Service", "AmbientCapabilities").some(({ value }) => /\bCAP_NET_BIND_SERVICE\b/i.test(value));
}

/** Ports that a command line is told to listen on: `--port 80`, `--listen.port=80`, `--bind 0.0.0.0:80`. */
function listenPorts(words: readonly string[]): number[] {
  return words.flatMap((word, index) => {
    const [, option, joined] = /^(-{1,2}[\w.-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (option === undefined || !/^(--?(.*[.-])?port|-p|--?bind|-b|--?listen|--http|--host-port)$/.test(option))
      return [];
    const value = joined ?? words[index + 1] ?? "";
    const [, port] = /(?:^|:)(\d{1,5})$/.exec(value) ?? [];
    return port === undefined ? [] : [Number(port)];
  });
}
