import { Context } from "../context";
import { Level, Severity } from "../finding";
import { appServices, Service } from "../hosts/services";
import { commandLines, lastSetting } from "../reader/systemd/settings";
import { Draft, Rule } from "../rule";
import { fail, pass, placed, unknown, unset } from "./drafts";

/** Without it systemd starts the app in `/`, and relative paths of the app lead nowhere. */
export const svcWorkingDirectory: Rule<Service> = {
  id: "svc-working-directory",
  item: "project-folder",
  title: "Each app runs in its project folder, by a program with a whole path",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "WorkingDirectory= has to be there, and be the folder that is declared for the service, if one is. ExecStart= has to " +
    "name its program by an absolute path: systemd looks others up in fixed folders, never in the app's own environment, " +
    "and refuses relative ones.",
  targets: ({ hosts }: Context) => hosts.flatMap(appServices),
  check(service) {
    const drafts = [checkDirectory(service), ...checkPrograms(service)].filter((draft) => draft !== null);
    return drafts.length > 0
      ? drafts
      : [
          pass(`${service.unit.name} runs in its folder`, {
            about: service.unit.name,
            place: placed(service.unit.place),
          }),
        ];
  },
};

function checkDirectory({ host, unit }: Service): Draft | null {
  const directory = lastSetting(unit, "Service", "WorkingDirectory");
  const declared = host.contract.directories?.[unit.name];
  const about = `${unit.name} WorkingDirectory`;
  if (!directory || directory.value === "")
    return unset(
      unit,
      `${unit.name} has no WorkingDirectory=, so it runs in /`,
      `set WorkingDirectory=${declared ?? "to the app's folder"}`,
      {
        about,
        place: placed(unit.place),
      },
    );
  const details = { about, place: placed(directory.place) };
  const folder = directory.value.replace(/^-/, "");
  if (folder === "~")
    return declared === undefined
      ? null
      : unknown(
          `${unit.name} runs in the home of its user, which is not known here`,
          `set WorkingDirectory=${declared}`,
          details,
        );
  if (!folder.startsWith("/"))
    return fail(
      `${unit.name} has the working directory ${folder}, which is no absolute path`,
      "write it from the root",
      details,
    );
  if (declared !== undefined && withoutSlash(folder) !== withoutSlash(declared))
    return fail(
      `${unit.name} runs in ${folder}, but ${declared} is declared`,
      `set WorkingDirectory=${declared}`,
      details,
    );
  return null;
}

function checkPrograms({ unit }: Service): Draft[] {
  const lines = commandLines(unit, "ExecStart");
  if (lines.length === 0)
    return [
      unset(unit, `${unit.name} has no ExecStart=`, "give the program that it runs", {
        about: `${unit.name} ExecStart`,
        place: placed(unit.place),
      }),
    ];
  return lines
    .filter(({ words }) => !words[0]?.startsWith("/"))
    .map(({ words, place }) =>
      fail(
        `${unit.name} starts ${words[0] ?? "nothing"}, which is no absolute path`,
        "write the whole path of the program",
        {
          about: `${unit.name} ExecStart`,
          place: placed(place),
        },
      ),
    );
}

const withoutSlash = (path: string): string => path.replace(/(?<=.)\/+$/, "");
