import { HopChain } from "../hops";
import { accepted, failuresOf, forms, OwnAnswer, ownAnswersOf } from "../own-answers";
import { routeName, SiteRoute } from "../site-route";
import { literal } from "./expression";
import { because, HaproxyArgument, HaproxyLine, line } from "./tree";

/**
 * What HAProxy says in the place of an app, by the routes that come this way. Its own pages are texts for all clients and for all
 * limits; these are made for each request, as the limits are the route's and the form is the client's.
 */
export function ownAnswers(routes: readonly SiteRoute[], hops: HopChain): HaproxyLine[] {
  const answers = routes.map((one) => ({
    route: routeName(one),
    answers: [...ownAnswersOf(one.route, hops), ...failuresOf(one.route)],
  }));
  const statuses = [...new Set(answers.flatMap((one) => one.answers.map(({ status }) => status)))].sort();
  return [
    because("programs that ask for JSON get its own answers as that", line("acl", "asks-json", ...accepts("json"))),
    line("acl", "asks-pages", ...accepts("pages")),
    line("http-request", "set-var(txn.json)", "bool(true)", "if", "asks-json", "!asks-pages"),
    ...statuses.flatMap((status) => [
      ...told(
        answers.flatMap(({ route, answers: all }) => {
          const said = all.find((one) => one.status === status);
          return said ? [{ route, said }] : [];
        }),
        routes.length,
      ),
      line("http-error", "status", status, "content-type", forms.text, "lf-string", `%[var(${variable(status)})]`),
    ]),
    because(
      "all that is not said here is the app's word",
      line("http-response", "set-var(txn.answered)", "bool(true)"),
    ),
    line(
      ...["http-after-response", "set-header", "Content-Type", forms.json],
      ...["if", "{", "status", ...statuses, "}", ...isJson, "!{", "var(txn.answered)", "-m", "bool", "}"],
    ),
  ];
}

const isJson = ["{", "var(txn.json)", "-m", "bool", "}"];

const accepts = (what: keyof typeof accepted): HaproxyArgument[] => [
  ...["req.fhdr(accept)", "-m", "reg", "-i"],
  { token: accepted[what] },
];

const variable = (status: number): string => `txn.own_${status}`;

/** Notes what would be said with a status: each text once, for the routes that it is for. */
function told(saidOf: readonly { route: string; said: OwnAnswer }[], routes: number): HaproxyLine[] {
  const texts = new Map(saidOf.map(({ said }) => [said.name, said]));
  return [...texts.values()].flatMap((said) => {
    const own = saidOf.filter((one) => one.said.name === said.name).map(({ route }) => route);
    const ofRoutes = own.length === routes ? [] : ["{", "var(txn.route)", "-m", "str", ...own, "}"];
    const note = (text: string, ...terms: string[]): HaproxyLine =>
      line(
        ...["http-request", `set-var-fmt(${variable(said.status)})`, literal(text)],
        ...(terms.length === 0 ? [] : ["if", ...terms]),
      );
    return [note(said.text, ...ofRoutes), note(said.json, ...ofRoutes, ...isJson)];
  });
}
