import { Route } from "../../app/route/route";
import { corsHeaderNames, exposedHeaders, isOpen, preflightHeaders } from "../cors-headers";
import { OfRoute, when } from "./condition";
import { format } from "./expression";
import { because, HaproxyArgument, HaproxyLine, line, setHeader } from "./tree";

/** The headers by which a route says who may read its answers, and its answer to browsers that ask beforehand. */
export function corsLines(route: Route, ofRoute: OfRoute): HaproxyLine[] {
  const { cors } = route;
  if (!cors) return [];
  const open = isOpen(cors);
  const listed = ofRoute === undefined ? "listed-origin" : `${ofRoute}-origin`;
  const readers = open ? when(ofRoute) : when(ofRoute, listed);
  const beforehand = when(ofRoute, "{", "var(txn.preflight)", "-m", "bool", "}");
  const say = (name: string, value: HaproxyArgument, condition: HaproxyArgument[]): HaproxyLine =>
    setHeader("http-after-response", name, value, ...condition);
  const exposed = exposedHeaders(cors);
  return [
    line("http-request", "set-var(txn.origin)", "req.fhdr(origin)", ...when(ofRoute)),
    ...(open ? [] : cors.origins.map((origin) => line("acl", listed, "var(txn.origin)", "-m", "str", origin))),
    because(
      "browsers ask before they send what forms cannot; an OPTIONS of its own goes to the app",
      line("http-request", "set-var(txn.preflight)", "bool(true)", ...when(ofRoute, ...isPreflight)),
    ),
    line("http-request", "return", "status", 204, ...beforehand),
    ...corsHeaderNames.map((name) => line("http-after-response", "del-header", name, ...when(ofRoute))),
    // An origin that is listed is the text that lists it.
    say("Access-Control-Allow-Origin", open ? "*" : format`%[var(txn.origin)]`, readers),
    ...(cors.credentials ? [say("Access-Control-Allow-Credentials", "true", readers)] : []),
    ...(exposed === undefined ? [] : [say("Access-Control-Expose-Headers", exposed, readers)]),
    ...(open ? [] : [line("http-after-response", "add-header", "Vary", "Origin", ...when(ofRoute))]),
    ...preflightHeaders(route, cors).map(({ name, value }) => say(name, value, beforehand)),
  ];
}

/** Fetch standard, "CORS-preflight request". */
const isPreflight = [
  ...["{", "var(txn.method)", "-m", "str", "OPTIONS", "}"],
  ...["{", "var(txn.origin)", "-m", "found", "}"],
  ...["{", "req.fhdr(access-control-request-method)", "-m", "found", "}"],
];
