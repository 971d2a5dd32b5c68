import { App } from "../app";
import { Route, ServeBy } from "../route/route";
import { Source } from "../source";
import { withoutAbsent } from "./preset-args";

/** A site of files. */
export interface StaticSiteArgs {
  /** Lower case letters, digits and hyphens, at most 24 characters. @example "docs" */
  name: string;
  /** Where the files come from: a directory or a git repository. */
  source: Source;
  /** Host names that it answers at. @example ["docs.example.com"] */
  domains: string[];
  /** Path prefix that it answers at, starting and ending with a slash. @default "/" */
  path?: string;
  /** Folder of the source that is served. @default all of it @example "public" */
  directory?: string;
  /**
   * Text that the start page contains, so that a stranger's page never counts as healthy.
   * @default none
   * @example "Our handbook"
   */
  contains?: string;
}

/**
 * A site of files that the web server answers by itself; nothing of it runs.
 *
 * @example
 * staticSite({ name: "docs", source: { directory: "site" }, domains: ["docs.example.com"], directory: "public" });
 */
export function staticSite(args: StaticSiteArgs): App {
  const path = args.path ?? "/";
  const route = (domain: string): Route => ({
    domain,
    path,
    serve: ServeBy.Files,
    ...withoutAbsent({ directory: args.directory }),
    // The files lie in the folder as if it were the root of the site.
    ...(path === "/" ? {} : { stripPrefix: true }),
  });
  return {
    name: args.name,
    source: args.source,
    routes: args.domains.map(route),
    ...(args.contains === undefined ? {} : { health: { contains: args.contains } }),
  };
}
