import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { HopChain } from "../hops";
import { accepted, forms, OwnAnswer, ownAnswersOf as answersOf } from "../own-answers";
import { SiteRoute } from "../site-route";
import { expression } from "./expression";
import { map } from "./map";
import { saidHeaders } from "./route-rules";
import { routeVariable } from "./route-variable";
import { block, Directive, directive } from "./tree";

type Form = keyof typeof forms;

/** Which form a client gets. */
export function ownAnswerMap(): Directive {
  return map(
    expression`$http_accept`,
    "answer_form",
    [
      [{ token: `~*${accepted.pages}` }, "text"],
      [{ token: `~*${accepted.json}` }, "json"],
    ],
    "text",
  );
}

/** An answer where it is found. */
interface Placed {
  readonly answer: OwnAnswer;
  /** Name of its locations, before the form. */
  readonly name: string;
  /** What the route says besides, which another location would drop. */
  readonly headers: readonly Directive[];
}

/** The answers of a route: shared with all others of the same limits, unless it has headers of its own. */
function placed({ app, route }: SiteRoute, hops: HopChain): Placed[] {
  const headers = saidHeaders(app, route);
  const own = headers.length > 0 ? `-${routeVariable("of", app, route)}` : "";
  return answersOf(route, hops).map((answer) => ({ answer, name: answer.name + own, headers }));
}

/** Sends a location's own errors to their answers. Those of the app are passed on as they are. */
export function ownAnswersOf(app: App, route: Route, hops: HopChain): Directive[] {
  return placed({ app, route }, hops).map(({ answer, name }) =>
    directive("error_page", answer.status, expression`@${name}-$answer_form`),
  );
}

/** The answers of a domain's routes: two for each limit, however many routes have it. */
export function ownAnswers(routes: readonly SiteRoute[], hops: HopChain): Directive[] {
  const answers = new Map(routes.flatMap((one) => placed(one, hops)).map((one) => [one.name, one]));
  return [...answers.values()].flatMap((one) => [location(one, "text"), location(one, "json")]);
}

function location({ answer, name, headers }: Placed, form: Form): Directive {
  return block(
    "location",
    [`@${name}-${form}`],
    [
      ...headers,
      // Without, the ending of the address that was asked for would tell the type.
      block("types", [], []),
      directive("default_type", forms[form]),
      directive("return", answer.status, answer[form]),
    ],
  );
}
