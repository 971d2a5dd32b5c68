import { withHead } from "../../app/route/methods";
import { SiteRoute } from "../site-route";
import { isMine, ofRoute, placeOf } from "./route";
import { apache, ApacheDirective } from "./tree";

/** Refuses the methods that a route does not name. */
export function refuseMethods(of: SiteRoute): ApacheDirective[] {
  const { methods } = of.route;
  if (!methods) return [];
  return [
    ofRoute(of),
    apache("RewriteCond", "%{REQUEST_METHOD}", `!^(?:${withHead(methods).join("|")})$`),
    apache("RewriteRule", placeOf(of), "-", "[R=405,L]"),
  ];
}

/**
 * The answer to another method tells those that there are (RFC 9110, section 15.5.6). httpd adds a list of its own, which is
 * empty here.
 */
export function allowHeader(of: SiteRoute): ApacheDirective[] {
  const { methods } = of.route;
  if (!methods) return [];
  const answered = withHead(methods);
  const refused = `${isMine(of)} && %{REQUEST_METHOD} !~ /^(?:${answered.join("|")})$/`;
  return [apache("Header", "always", "set", "Allow", answered.join(", "), `expr=${refused}`)];
}
