import { Route } from "../../app/route/route";
import { withHead } from "../../app/route/methods";
import { fileRules } from "../file-rules";
import { SiteRoute } from "../site-route";
import { routeHeaders } from "./answers";
import { OfRoute, when } from "./condition";
import { corsLines } from "./cors";
import { freshAnswers } from "./freshness";
import { limitLines } from "./limits";
import { HaproxyLine, line, setHeader } from "./tree";

/** What a route lets through and says to browsers. */
export function routeRules(one: SiteRoute, ofRoute: OfRoute): HaproxyLine[] {
  const { route } = one;
  return [
    // Before the methods: browsers ask by OPTIONS whether they may use another.
    ...corsLines(route, ofRoute),
    ...refuseMethods(route, ofRoute),
    ...refuseFiles(route, ofRoute),
    ...limitLines(one, ofRoute),
    ...freshAnswers(route, ofRoute),
    ...routeHeaders(route.security ?? {}, ofRoute),
  ];
}

/** The answer to another method tells those that there are (RFC 9110, section 15.5.6). */
function refuseMethods({ methods }: Route, ofRoute: OfRoute): HaproxyLine[] {
  if (!methods) return [];
  const answered = withHead(methods);
  const another = when(ofRoute, "!{", "var(txn.method)", "-m", "str", ...answered, "}");
  return [
    line("http-request", "deny", "deny_status", 405, ...another),
    setHeader("http-after-response", "Allow", answered.join(", "), ...another),
  ];
}

/** The first rule that a path fits decides: it is looked at last, and stays. */
function refuseFiles({ security = {} }: Route, ofRoute: OfRoute): HaproxyLine[] {
  const rules = fileRules(security);
  if (rules.length === 0) return [];
  const judged = rules.map(({ pattern, ignoreCase, refuse }) =>
    line(
      ...["http-request", "set-var(txn.refused_file)", `bool(${refuse})`],
      ...when(ofRoute, "{", "var(txn.path)", "-m", "reg", ...(ignoreCase ? ["-i"] : []), { token: pattern }, "}"),
    ),
  );
  const refused = when(ofRoute, "{", "var(txn.refused_file)", "-m", "bool", "}");
  return [...judged.reverse(), line("http-request", "deny", "deny_status", 403, ...refused)];
}
