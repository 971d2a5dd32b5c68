import { Route } from "../../app/route/route";
import { HopChain } from "../hops";
import { accepted, forms, OwnAnswer, ownAnswersOf as answersOf } from "../own-answers";
import { expression } from "./expression";
import { map } from "./map";
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

/** Sends a location's own errors to their answers. Those of the app are passed on as they are. */
export function ownAnswersOf(route: Route, hops: HopChain): Directive[] {
  return answersOf(route, hops).map(({ status, name }) =>
    directive("error_page", status, expression`@${name}-$answer_form`),
  );
}

/** The answers of a domain's routes: two for each limit, however many routes have it. */
export function ownAnswers(routes: readonly Route[], hops: HopChain): Directive[] {
  const answers = new Map(routes.flatMap((route) => answersOf(route, hops)).map((one) => [one.name, one]));
  return [...answers.values()].flatMap((one) => [location(one, "text"), location(one, "json")]);
}

function location(answer: OwnAnswer, form: Form): Directive {
  return block(
    "location",
    [`@${answer.name}-${form}`],
    [
      // Without, the ending of the address that was asked for would tell the type.
      block("types", [], []),
      directive("default_type", forms[form]),
      directive("return", answer.status, answer[form]),
    ],
  );
}
