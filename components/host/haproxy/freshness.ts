import { Route } from "../../app/route/route";
import { answerFreshness, FreshFor, keptStatuses } from "../cache-control";
import { OfRoute, when } from "./condition";
import { HaproxyLine, line, setHeader } from "./tree";

/** ACLs on which `freshAnswers` relies; nothing where no route says how fresh its answers are. */
export function freshnessConditions(routes: readonly Route[]): HaproxyLine[] {
  if (!routes.some(({ freshness }) => freshness)) return [];
  const own = (name: string): HaproxyLine => line("acl", "own-freshness", `res.hdr(${name})`, "-m", "found");
  return [
    ...["cookie", "authorization"].map((name) =>
      line("http-request", "set-var(txn.known)", "bool(true)", "if", "{", `req.hdr(${name})`, "-m", "found", "}"),
    ),
    own("Cache-Control"),
    own("Expires"),
    line("acl", "may-be-kept", "status", ...keptStatuses),
    line("acl", "one-browser", "res.hdr(Set-Cookie)", "-m", "found"),
    line("acl", "one-browser", "var(txn.known)", "-m", "bool"),
    line("acl", "page", "res.hdr(Content-Type)", "-m", "beg", "-i", "text/html"),
    line("acl", "of-some-type", "res.hdr(Content-Type)", "-m", "found"),
  ];
}

/**
 * For how long an app's answers may be used. What the app says counts; of these lines the first that fits, after which something
 * is said. Without a content type ("not changed") it may be a page.
 */
export function freshAnswers({ freshness }: Route, ofRoute: OfRoute): HaproxyLine[] {
  if (!freshness) return [];
  const { anybody, oneBrowser } = answerFreshness(freshness);
  const say = (value: string, ...terms: string[]): HaproxyLine =>
    setHeader("http-response", "Cache-Control", value, ...when(ofRoute, "may-be-kept", "!own-freshness", ...terms));
  const both = ({ pages, others }: FreshFor, ...terms: string[]): HaproxyLine[] => [
    ...(pages === others ? [] : [say(pages, ...terms, "page"), say(pages, ...terms, "!of-some-type")]),
    say(others, ...terms),
  ];
  return [...both(oneBrowser, "one-browser"), ...both(anybody, "!one-browser")];
}
