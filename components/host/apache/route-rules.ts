import { SiteRoute } from "../site-route";
import { routeHeaders } from "./answer-headers";
import { answerOrigins, corsHeaders } from "./cors";
import { refuseFiles } from "./file-rules";
import { allowHeader, refuseMethods } from "./methods";
import { ApacheDirective } from "./tree";

/** What routes do not let through, and what is answered in their place. */
export function refuseByRules(routes: readonly SiteRoute[]): ApacheDirective[] {
  return [
    // Before the methods: browsers ask by OPTIONS whether they may use another.
    ...answerOrigins(routes),
    ...routes.flatMap(refuseMethods),
    ...refuseFiles(routes),
  ];
}

/** What a route says to browsers, in its own section. Those of the routes below it inherit it, so that it asks for its route. */
export function ruleHeaders(of: SiteRoute): ApacheDirective[] {
  return [...routeHeaders(of), ...corsHeaders(of), ...allowHeader(of)];
}
