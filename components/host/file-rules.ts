import { contentOnly, Security } from "../app/route/security";
import { pattern } from "./nginx/expression";

/** Files that are never content, by type: code, settings and data, as Gramex's guide lists them ("Security"). */
export const keptBackTypes = [
  ...["py", "pyc", "php", "sh", "rb", "ipynb", "bat", "cmd"],
  ...["yml", "yaml", "ini"],
  ...["jsonl", "csv", "xlsx", "db", "xls", "h5", "xml", "shp", "shx", "dbf", "prj", "idx", "zip", "7z"],
] as const;

/** Content files, as Gramex's `deploy.yaml` lists them. */
export const contentTypes = [
  ...["md", "markdown", "html", "txt", "pdf", "rst", "pptx", "docx"],
  ...["png", "svg", "jp*g", "gif", "ico"],
  ...["mp3", "mp4", "avi", "flv", "mkv"],
  ...["ttf", "woff*", "eot", "otf"],
  ...["js", "map", "vue", "less", "css"],
  "json",
] as const;

/** A rule for paths: the first whose pattern is found in a path decides. */
export interface FileRule {
  /** Regular expression of PCRE, for the path without its query, percent signs resolved. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly refuse: boolean;
}

/**
 * What a name may have where a pattern says anything. Not what some program behind may read as the end of the name, such as
 * the semicolon of `data.csv;.html`.
 */
const any = "[^/;\\\\?#\\x00-\\x1f\\x7f]";
const anyInType = "[^/;.\\\\?#\\x00-\\x1f\\x7f]";

/**
 * Which paths of a route are refused, by the names in them; none where all files are answered. A name in the middle of a path
 * is judged as well: to some apps `data.csv/` and `data.csv/x` are `data.csv`.
 */
export function fileRules(security: Security): FileRule[] {
  if (!contentOnly(security)) return [];
  const content = contentTypes.map((type) => glob(type, anyInType));
  return [
    { pattern: "/\\.(?!well-known(?:/|\\z))", ignoreCase: true, refuse: true },
    { pattern: `\\.(?:${keptBackTypes.join("|")})[^/]*/`, ignoreCase: true, refuse: true },
    ...(security.allow ?? []).map((name) => ({
      pattern: `/${glob(name, any)}\\z`,
      ignoreCase: false,
      refuse: false,
    })),
    { pattern: `/${any}*\\.(?:${content.join("|")})\\z`, ignoreCase: true, refuse: false },
    { pattern: "/[^/]*\\.[^/]*\\z", ignoreCase: false, refuse: true },
  ];
}

/** Whether a path, without its query, is refused: the first rule that is found in it decides. */
export function isRefused(rules: readonly FileRule[], path: string): boolean {
  const decides = rules.find(({ pattern: source, ignoreCase }) =>
    // PCRE's end of the text; a path has no lines.
    new RegExp(source.replaceAll("\\z", "$"), ignoreCase ? "i" : "").test(decoded(path)),
  );
  return decides?.refuse ?? false;
}

/** As web servers resolve it; what carries no text is left as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A pattern with `*` and `?` for the characters of one class, as a regular expression. */
function glob(text: string, character: string): string {
  return [...text]
    .map((letter) => (letter === "*" ? `${character}*` : letter === "?" ? character : pattern`${letter}`.token))
    .join("");
}
