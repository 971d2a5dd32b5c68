import { App } from "../app";
import { dataFolder } from "../paths";
import { gunicornProcess, gunicornVersion } from "./gunicorn";
import { pythonApp, PythonPresetArgs } from "./preset-args";

/** A Publ site. */
export interface PublArgs extends PythonPresetArgs {
  /** The application, `module:attribute`, e.g. `site:app`. @default app:app */
  app?: string;
  /** Version of Publ. @default 0.8.19 */
  version?: string;
  /** Threads that answer requests. @default 8 */
  threads?: number;
}

/**
 * A Publ site on gunicorn. Its `app.py` finds in the environment what must not lie in the release: `PUBL_DATA`, the
 * folder for the content index and the image renditions, and `PUBL_SECRET_KEY`, made up by the host at the first apply.
 *
 * @example
 * publ({ name: "journal", source: { directory: "journal" }, routes: [{ domain: "www.example.com" }] });
 */
export function publ(args: PublArgs): App {
  const packages = [`Publ==${args.version ?? "0.8.19"}`, ...(args.pythonPackages ?? [])];
  return {
    ...pythonApp(args.installServer === false ? args : { ...args, pythonPackages: packages }, {
      requirement: `gunicorn==${gunicornVersion}`,
      // misaka, Publ's Markdown parser, has no binary package for Python 3.11 and newer.
      buildPackages: ["gcc", "libc6-dev", "libffi-dev", "python3-dev"],
      environment: { PUBL_DATA: dataFolder(args.name) },
      secrets: [{ name: "secret-key", environment: "PUBL_SECRET_KEY", generate: true }],
      relax: [
        {
          directive: "MemoryDenyWriteExecute",
          value: "no",
          reason: "misaka calls back from C through cffi, which needs memory that is writable and executable",
        },
      ],
    }),
    // One worker: two of them race to make the tables of the index.
    process: gunicornProcess({ ...args, app: args.app ?? "app:app" }, gunicornVersion, [
      "--workers",
      "1",
      "--threads",
      String(args.threads ?? 8),
    ]),
  };
}
