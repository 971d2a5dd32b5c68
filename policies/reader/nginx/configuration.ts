import { posix } from "node:path";
import { ParsedDirective } from "../../../components/host/nginx/parse";
import { ReadFile } from "../host-view";
import { ReadProblem, ReadProblemKind } from "../place";
import { IncludeReader, NginxFiles } from "./includes";
import { NginxView, PlacedDirective, UpstreamView } from "./nginx-view";
import { httpScope, serversOf } from "./scopes";

/** Where the configuration of nginx is, and what counts as its main file where there is none. */
export interface NginxPlace {
  readonly main: string;
  /** What the main file that is not among the files includes into `http`. */
  readonly includes: readonly string[];
  /** Whether a main file without `http` stands for what is in it, as a file with a single site does. */
  readonly takesFragments: boolean;
}

/** Where nginx's packages have it; the folders are those that the main files of all distributions include. */
export const packagedNginx: NginxPlace = {
  main: "/etc/nginx/nginx.conf",
  includes: ["conf.d/*.conf", "sites-enabled/*"],
  takesFragments: false,
};

/** Directives that belong into `http`. */
const ofHttp = ["server", "upstream", "map", "geo", "location"];

/** The configuration of nginx among the files of a host; null when there is none. */
export function readConfiguration(
  sources: NginxFiles,
  { main, includes, takesFragments }: NginxPlace,
): { nginx: NginxView | null; problems: ReadProblem[] } {
  const folder = posix.dirname(main);
  const reader = new IncludeReader(sources, folder);
  const paths = [...sources.files.keys(), ...sources.links.keys()];
  const isThere = paths.includes(main);
  if (!isThere && !paths.some((path) => path.startsWith(folder === "/" ? "/" : `${folder}/`))) {
    return { nginx: null, problems: [] };
  }
  const own = isThere ? reader.read(main) : [];
  const fragment = own.find(({ name }) => ofHttp.includes(name));
  const isFragment = fragment !== undefined && takesFragments;
  const assumed = isFragment ? [main] : includes;
  const directives = isThere && !isFragment ? own : reader.place([httpIncluding(assumed)], assumedFile(main));
  const http = httpScope(directives);
  return {
    nginx: {
      main,
      mainAssumed: !isThere || isFragment,
      directives,
      http,
      servers: http ? serversOf(http) : [],
      upstreams: http ? http.directives.flatMap(upstreamOf) : [],
    },
    problems: [...reader.problems, ...(fragment && !takesFragments ? [misplaced(fragment)] : [])],
  };
}

function httpIncluding(patterns: readonly string[]): ParsedDirective {
  return {
    name: "http",
    args: [],
    line: 1,
    block: patterns.map((pattern) => ({ name: "include", args: [pattern], line: 1 })),
  };
}

function assumedFile(path: string): ReadFile {
  const place = { file: path, line: null, sourceLine: null };
  return { path, content: null, mode: null, owner: null, place, sourceLine: null };
}

function misplaced({ name, place }: PlacedDirective): ReadProblem {
  return { kind: ReadProblemKind.Broken, place, message: `has "${name}" outside of "http", which nginx refuses` };
}

function upstreamOf({ name, args, block, place }: PlacedDirective): UpstreamView[] {
  if (name !== "upstream" || block === undefined) return [];
  const servers = block
    .filter((one) => one.name === "server" && one.args[0] !== undefined)
    .map((one) => ({ address: one.args[0] ?? "", place: one.place }));
  return [{ name: args[0] ?? "", servers, place }];
}
