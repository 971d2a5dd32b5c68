import { App } from "./app";
import { hasFiles } from "./route/has-files";
import { FilesFrom } from "./route/files";

/** The data folders of an app that the web server reads. */
export function servedData(app: App): string[] {
  const folders = (app.routes ?? []).flatMap(({ serve, files, directory }) =>
    hasFiles({ serve }) && files?.from === FilesFrom.Data && directory !== undefined ? [directory] : [],
  );
  return [...new Set(folders)];
}
