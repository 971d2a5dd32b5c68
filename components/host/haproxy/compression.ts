import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { Route } from "../../app/route/route";
import { Report } from "../../app/validation/report";
import { Web } from "../../app/web";
import { compressedTypes } from "../compressed-types";
import { places } from "../places";
import { SiteRoute } from "../site-route";
import { isDirect } from "./direct";
import { because, HaproxyLine, line } from "./tree";

/** Of a stream the last bytes would wait for the next ones: libslz, by which Debian's HAProxy compresses, does not flush them. */
const staysWhole = ({ compress, stream }: Route): boolean => compress === false || stream === true;

/**
 * Whether answers of a route are compressed. HAProxy decides it by the request, for a backend as a whole: an app at which
 * requests are shared out or counted has one backend alone, so that none of its answers are compressed where some must not be.
 */
export const isCompressed = ({ app, route }: SiteRoute): boolean =>
  !(isOnePlace(app) ? staysWhole(route) : (app.routes ?? []).some(staysWhole));

/** Types of one line, which may have 64 words. */
const typesOfLine = 40;

/**
 * Compresses what pays. What is compressed already, says `no-transform` or is for HTTP/1.0 stays as it is, and an ETag becomes a
 * weak one (configuration manual, "compression").
 */
export function compression(web: Web): HaproxyLine[] {
  const types = compressedTypes(web);
  const some = Array.from({ length: Math.ceil(types.length / typesOfLine) }, (_, index) =>
    types.slice(index * typesOfLine, (index + 1) * typesOfLine),
  );
  return [
    line("compression", "algo", "gzip"),
    ...some.map((part) => line("compression", "type", ...part)),
    ...some.map((part, index) => {
      const isOne = ["{", "res.hdr(Content-Type)", "-m", "beg", "-i", ...part, "}"];
      const isUnsaid = ["!{", "res.comp", "}", "!{", "res.hdr(Vary)", "-m", "sub", "-i", "accept-encoding", "}"];
      const vary = line("http-response", "add-header", "Vary", "Accept-Encoding", "if", ...isOne, ...isUnsaid);
      return index === 0
        ? because("HAProxy tells caches only of what it has compressed that it is not for everybody", vary)
        : vary;
    }),
  ];
}

/** Whether requests can reach an app by two ways without being shared out, or counted, by each of them apart. */
function isOnePlace(app: App): boolean {
  const [only, ...more] = places(app);
  return more.length === 0 && only?.maxConnections === null;
}

/**
 * Routes that ask for what HAProxy does not compress.
 *
 * @param direct paths that it hands to their apps in front of nginx. @default it is the web server
 */
export function compressionProblems(apps: readonly App[], direct?: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const root = new Report("", problems);
  const fix = `leave it out, or ${direct ? "leave its path out of web.front.direct" : "take another web server than HAProxy"}`;
  apps.forEach((app, index) =>
    (app.routes ?? []).forEach((route, position) => {
      if (!route.compress || isCompressed({ app, route }) || (direct && !isDirect(route, direct))) return;
      const place = root.in("apps", index, "routes", position, "compress");
      if (route.stream) place.refuse(true, "is not for a stream, of which HAProxy would hold the last bytes back", fix);
      else
        place.refuse(
          true,
          "is not for an app with several places or a limit of connections and a stream or a route without compression",
          fix,
        );
    }),
  );
  return problems;
}
