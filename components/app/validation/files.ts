import { App } from "../app";
import { Route, ServeBy } from "../route/route";
import { Files, FilesFrom } from "../route/files";
import { Report } from "./report";
import { checkDistinct, checkRelativePath, checkText } from "./text";

/** Checks where the files of a route are, and how they are found. */
export function checkFiles(app: App, route: Route, report: Report): void {
  const { files = {}, directory } = route;
  const place = report.in("directory");
  switch (files.from ?? FilesFrom.Release) {
    case FilesFrom.Data:
      checkData(app, directory, place);
      break;
    case FilesFrom.Host:
      checkHostFolder(directory, place);
      break;
    default:
      if (directory !== undefined) checkRelativePath(directory, "the release", place);
      if (app.source?.package)
        report
          .in("serve")
          .refuse(route.serve, "needs files, but the source is a package", "give a directory or git source");
  }
  checkIndex(files, report.in("files", "index"));
}

/** What only an app can do, of a route that no app answers. */
export function checkNothingBut(route: Route, report: Report): void {
  for (const key of [
    "websocket",
    "stream",
    "bufferRequests",
    "bufferAnswers",
    "readTimeoutSeconds",
    "maxBodyMiB",
  ] as const)
    if (route[key] !== undefined && route[key] !== false)
      report.in(key).refuse(route[key], "has no effect on files", "leave it out");
  if (route.cache !== undefined)
    report.in("cache").refuseUnseen("has no effect on files, which are on disk already", "leave it out");
}

/** What only files have, of a route that is the app's alone. */
export function checkNoFiles(route: Route, report: Report): void {
  const fix = `say serve: "${ServeBy.Files}" or "${ServeBy.FilesFirst}"`;
  if (route.directory !== undefined)
    report.in("directory").refuse(route.directory, "has no effect, the app answers itself", fix);
  if (route.files !== undefined) report.in("files").refuseUnseen("has no effect, the app answers itself", fix);
}

/** One of the data folders as it is named there: it is made with what lets the web server read it, and nothing beside it. */
function checkData(app: App, directory: string | undefined, report: Report): void {
  const { data = [], sharedData = [] } = app;
  if (directory === undefined)
    report.refuseUnseen("is missing", "name one of the app's data folders, never all that it keeps");
  else if (sharedData.some((folder) => directory === folder || directory.startsWith(`${folder}/`)))
    report.refuse(
      directory,
      "is shared by all machines of a fleet, where the web server cannot read it",
      "let the app answer, or name a folder of data",
    );
  else if (!data.includes(directory))
    report.refuse(directory, "is no data folder of the app", `name it in data as well: ${JSON.stringify([directory])}`);
  else if (app.process === undefined)
    report.refuse(
      directory,
      "stays empty, nothing runs that could write to it",
      "serve files of the release or the host",
    );
  else if (data.some((folder) => folder.startsWith(`${directory}/`)))
    report.refuse(
      directory,
      `holds "${data.find((folder) => folder.startsWith(`${directory}/`))}", which is the app's alone`,
      "name folders that stand side by side",
    );
}

/** Top folders of the system, and folders of ours, which hold secrets or what nobody should look up. */
const closed = [
  ...["bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "lost+found", "proc", "root", "run"],
  ...["sbin", "sys", "tmp", "usr", "var", "opt/landfall"],
];
/** Folders below these that are made for what everybody may read. */
const open = ["usr/share", "var/www"];

function checkHostFolder(directory: string | undefined, report: Report): void {
  if (directory === undefined) {
    report.refuseUnseen("is missing", 'name the folder by its absolute path, e.g. "/srv/www"');
    return;
  }
  if (!checkText(directory, report)) return;
  const segments = directory.split("/").slice(1);
  const fix = 'give an absolute path such as "/srv/www", without "..", "." or a last slash';
  if (!directory.startsWith("/")) report.refuse(directory, "is not an absolute path", fix);
  else if (directory.includes("\\")) report.refuse(directory, "contains a backslash", fix);
  else if (segments.some((segment) => ["", ".", ".."].includes(segment)))
    report.refuse(directory, 'has empty, "." or ".." segments', fix);
  else if (segments.some((segment) => segment.startsWith(".")))
    report.refuse(directory, "is in a hidden folder, of which nothing is served", "use another folder");
  else {
    const within = (folder: string): boolean => `${directory}/`.startsWith(`/${folder}/`);
    if (closed.some(within) && !open.some(within))
      report.refuse(directory, "belongs to the system and is not for everybody", 'use a folder such as "/srv/www"');
  }
}

function checkIndex({ index }: Files, report: Report): void {
  if (index === undefined) return;
  if (index.length === 0) report.refuse([], "is empty", 'name a file, or leave it out for "index.html"');
  index.forEach((name, position) => {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name))
      report
        .in(position)
        .refuse(name, "is not the name of a file beside others", "use letters, digits, dots, hyphens and underscores");
  });
  checkDistinct(index, report);
  if (index.length > 8) report.refuseUnseen("has more than 8 names", "each is looked up at each request; use fewer");
}
