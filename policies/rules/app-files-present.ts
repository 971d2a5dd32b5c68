import { withCredentialsPath } from "../../components/host/systemd/service";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { appServices, Service } from "../hosts/services";
import { provides } from "../reader/provides";
import { HostView, Production } from "../reader/host-view";
import { commandLines, lastSetting, settings } from "../reader/systemd/settings";
import { Draft, Rule } from "../rule";
import { absent, pass, placed } from "./drafts";

/** Folders that packages fill. `/usr/local` is kept for what packages do not bring (FHS 3.0). */
const packaged = /^\/(usr\/(?!local(\/|$))|s?bin\/|lib(64)?\/)/;

/** Folders that are there on every machine, empty or not the app's. */
const always = /^\/(tmp|var|var\/tmp|run|srv|opt|home|root|usr\/local)?\/?$/;

/** A unit whose folder nobody fills fails with status 200/CHDIR or 203/EXEC at every start. */
export const appFilesPresent: Rule<Service> = {
  id: "app-files-present",
  item: "files-copied",
  title: "The folder and the program of each service get onto the host",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "For each service the working directory and the program are looked for in what user data, plan and remote commands " +
    "put on the host: written files, copies, clones, downloads, packages, releases. A folder that is only made, and " +
    "stays empty, does not count. Files that an image brings cannot be seen: waive the finding and name the image.",
  targets: ({ hosts }: Context) => hosts.flatMap(appServices),
  check(service) {
    const paths = neededPaths(service);
    return paths.map((needed) => checkPath(service, needed));
  },
};

interface Needed {
  readonly path: string;
  readonly what: string;
  readonly place: ReturnType<typeof placed>;
}

function neededPaths({ unit }: Service): Needed[] {
  const directory = lastSetting(unit, "Service", "WorkingDirectory");
  const folder = directory?.value.replace(/^-/, "") ?? "";
  const programs = commandLines(unit, "ExecStart").flatMap(({ words, place }) =>
    programsOf(words).map((path) => ({ path, what: "program", place: placed(place) })),
  );
  return [
    ...(directory && folder.startsWith("/")
      ? [{ path: folder, what: "working directory", place: placed(directory.place) }]
      : []),
    ...programs,
  ].filter(({ path }) => !packaged.test(path) && !isStateFolder(unit, path));
}

/** The programs of a command line: the first word, and what Landfall's program for credentials starts in its turn. */
function programsOf(words: readonly string[]): string[] {
  const inner = words[0] === withCredentialsPath ? words[words.indexOf("--") + 1] : undefined;
  return [words[0], inner].filter((path) => path !== undefined).filter((path) => path.startsWith("/"));
}

function checkPath({ host, unit }: Service, { path, what, place }: Needed): Draft {
  const item = what === "program" ? "runtime-installed" : "files-copied";
  const details = { about: `${unit.name} ${path}`, item, place };
  if (isFilled(host.view, path)) return pass(`${what} ${path} of ${unit.name} gets onto the host`, details);
  return absent(
    host,
    `nothing puts anything into ${path}, the ${what} of ${unit.name}`,
    "write, copy, clone or install it before the service starts",
    details,
  );
}

function isFilled(view: HostView, path: string): boolean {
  if (always.test(path)) return true;
  const provided = provides(view, path);
  return provided !== null && provided.how !== Production.Directory;
}

/** Folders that systemd makes for the unit: where it keeps data, not where its files come from. */
function isStateFolder(unit: Service["unit"], path: string): boolean {
  const folders = { StateDirectory: "/var/lib", CacheDirectory: "/var/cache", RuntimeDirectory: "/run" };
  return Object.entries(folders).some(([key, parent]) =>
    settings(unit, "Service", key).some(({ value }) =>
      value.split(/\s+/).some((name) => name !== "" && path === `${parent}/${name.split(":")[0]}`),
    ),
  );
}
