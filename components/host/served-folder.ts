import { App } from "../app/app";
import { Route } from "../app/route/route";
import { codeFolder, dataFolder } from "../app/paths";
import { FilesFrom } from "../app/route/files";

/** Where the folder of a route's files is. */
export const filesFrom = ({ files }: Route): FilesFrom => files?.from ?? FilesFrom.Release;

/** The folder of the host from which a route is answered. Throws where it would lie outside of the one that the route names. */
export function servedFolder(app: App, route: Route): string {
  const folder = (route.directory ?? "").split("/").filter((part) => part !== "" && part !== ".");
  if (folder.includes("..")) {
    throw new Error(`app ${app.name}: directory "${route.directory}" leaves the release; name a folder inside of it`);
  }
  const tops = {
    [FilesFrom.Release]: codeFolder(app.name),
    [FilesFrom.Data]: dataFolder(app.name),
    [FilesFrom.Host]: "",
  };
  return [tops[filesFrom(route)], ...folder].join("/");
}

/** Names of the files that answer for a folder of a route, the first that is there. */
export const indexNames = (route: Route): readonly string[] => route.files?.index ?? ["index.html"];
