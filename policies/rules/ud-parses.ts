import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { ReadProblemKind } from "../reader/place";
import { Draft, Rule } from "../rule";
import { fail, pass, placed, unknown } from "./drafts";

/** A host that cannot read what it is given comes up without the app, and says so only in its own log. */
export const udParses: Rule<Host> = {
  id: "ud-parses",
  item: "files-copied",
  title: "User data, plan and all files in them can be read",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "cloud-init skips what it cannot decode, and nginx and systemd refuse what they cannot parse, after the deployment " +
    "has ended well. Base64, gzip and MIME are undone, YAML, units and nginx's configuration are parsed as the host " +
    "would. Correct the line that is named, or write the text with Landfall's renderers.",
  targets: ({ hosts }: Context) => hosts,
  check(host) {
    const drafts = host.view.problems.map(({ kind, place, message }): Draft => {
      const details = { about: `${place.file} ${message}`, place: placed(place) };
      return kind === ReadProblemKind.Broken
        ? fail(message, "correct it: the host cannot read it either", details)
        : unknown(message, "give it to landfall check by itself, or make it part of the user data", details);
    });
    drafts.push(...host.unknown.map((reason) => unknown(reason, "make it known at preview", { about: reason })));
    return drafts.length > 0 ? drafts : [pass("user data, plan and files can be read")];
  },
};
