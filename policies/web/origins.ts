import { NginxView } from "../reader/nginx/nginx-view";
import { expressionOf, mapOf } from "./mapped-values";

/** Who may read answers by a value of `Access-Control-Allow-Origin`. */
export const Allowed = {
  /** Every origin, by `*`. */
  Any: "any",
  /** Every origin, because the value repeats what the client says. */
  Reflected: "reflected",
  /** Origins that are written out. */
  Listed: "listed",
  /** What the value can be depends on what cannot be read here. */
  Unknown: "unknown",
} as const;
export type Allowed = (typeof Allowed)[keyof typeof Allowed];

/** Origins that nobody lists: a stranger's, one that begins or ends as a listed one may, and that of a sandboxed frame. */
const strangers = ["https://landfall-probe.invalid", "http://landfall-probe.invalid:8080", "null"];

/** What nginx makes of an origin that it is told. */
const told = /\$\{?http_origin\b/;

/** Whom a value of `Access-Control-Allow-Origin` lets read, constant or by a variable of a map. */
export function allowedBy(nginx: NginxView, value: string): Allowed {
  if (value === "*") return Allowed.Any;
  if (told.test(value)) return Allowed.Reflected;
  if (!value.includes("$")) return Allowed.Listed;
  const map = mapOf(nginx, value);
  if (!map) return Allowed.Unknown;
  if (map.values.some(({ value: one }) => one === "*")) return Allowed.Any;
  const found = map.values.map(({ key, value: one }): Allowed => {
    if (!one.includes("$")) return Allowed.Listed;
    // `$1` and the like are parts of what the key matched.
    const repeats = told.test(one) || /\$\{?(?:\d|[a-z])/i.test(one);
    return repeats && told.test(map.source) ? whoMatches(key) : Allowed.Unknown;
  });
  return [Allowed.Reflected, Allowed.Unknown].find((one) => found.includes(one)) ?? Allowed.Listed;
}

/** Whether a key of a map of `$http_origin` is for origins that can be told, or for strangers, too. */
function whoMatches(key: string): Allowed {
  if (key === "default") return Allowed.Reflected;
  if (!key.startsWith("~")) return Allowed.Listed;
  const expression = expressionOf(key);
  if (expression === null) return Allowed.Unknown;
  const { source } = expression;
  // What is not held against the whole origin is found within a stranger's: https://www.example.com.stranger.net.
  const isWhole = source.startsWith("^") && /(?:\$|\$\))$/.test(source);
  return !isWhole || strangers.some((origin) => expression.test(origin)) ? Allowed.Reflected : Allowed.Listed;
}
