import { App } from "../../app/app";
import { appFolder } from "../../app/paths";
import { FilesFrom } from "../../app/route/files";
import { filesFrom, servedFolder } from "../served-folder";
import { hasFiles } from "./route";
import { apache, ApacheDirective, noted, section } from "./tree";

/**
 * Which links httpd follows. A release is behind one. In other folders links could lead to all that its user can read: an app's
 * own lead nowhere, others to files of whoever has made them.
 */
const links: Readonly<Record<FilesFrom, string>> = {
  release: "FollowSymLinks",
  data: "None",
  host: "SymLinksIfOwnerMatch",
};

/** Lets httpd read the files of routes, and nothing else. */
export function openFolders(apps: readonly App[]): ApacheDirective[] {
  const open = new Map(
    apps.flatMap((app) =>
      (app.routes ?? [])
        .filter((route) => hasFiles({ app, route }))
        .map((route) => {
          const from = filesFrom(route);
          return [from === FilesFrom.Release ? appFolder(app.name) : servedFolder(app, route), links[from]] as const;
        }),
    ),
  );
  const onlyReleases = [...open.values()].every((followed) => followed === links.release);
  return [
    section(
      "Directory",
      ["/"],
      [
        onlyReleases
          ? apache("Options", "None")
          : noted("a folder that is opened below may itself be behind a link", apache("Options", links.release)),
        apache("AllowOverride", "None"),
        apache("Require", "all", "denied"),
      ],
    ),
    ...[...open].map(([folder, followed]) =>
      section(
        "Directory",
        [asPattern(folder)],
        [apache("Options", followed), apache("AllowOverride", "None"), apache("Require", "all", "granted")],
      ),
    ),
  ];
}

/** httpd reads the name of a folder with one of these signs as a pattern, and where it is one of a class it stands for itself. */
const asPattern = (folder: string): string => folder.replace(/[*?[]/g, "[$&]");
