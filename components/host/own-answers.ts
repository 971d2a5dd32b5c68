import { Route } from "../app/route/route";
import { HopChain, maxBodyMiB, readTimeoutSeconds } from "./hops";

/** An answer that a web server gives in the place of an app, so that whoever reads it knows what the limit was. */
export interface OwnAnswer {
  readonly status: 413 | 429 | 502 | 503 | 504;
  /** Names the limit, e.g. `too-large-10`. */
  readonly name: string;
  /** For people: one line of plain text. */
  readonly text: string;
  /** For programs that accept JSON: the same, with the limit as a number where there is one. */
  readonly json: string;
}

/** What a web server says itself about a route: a body that is larger than it takes, and an app that says nothing for too long. */
export function ownAnswersOf(route: Route, hops: HopChain): OwnAnswer[] {
  return [tooLarge(maxBodyMiB(route, hops)), tooSlow(readTimeoutSeconds(route, hops))];
}

/** What it says of a client that asks too often and of an app that cannot answer, where its own pages are not to be read by all. */
export function failuresOf(route: Route): OwnAnswer[] {
  return [
    ...(route.limits ? [answer(429, "too-many", "Too many requests: wait a moment before the next one.")] : []),
    answer(502, "broken", "The app gave no answer that can be passed on."),
    answer(503, "away", "The app is not there, or has too much to do, right now."),
  ];
}

/** Who gets JSON: a client whose `Accept` names that and no pages, as those of browsers do. Without regard to case. */
export const accepted = { pages: "text/html", json: String.raw`application/(?:[\w.-]+\+)?json` } as const;

/** Media types of the two forms of an answer. */
export const forms = { text: "text/plain", json: "application/json" } as const;

function tooLarge(maxBodyMiB: number): OwnAnswer {
  const error = `The request is too large: at most ${maxBodyMiB} MiB are taken here.`;
  return answer(413, `too-large-${maxBodyMiB}`, error, { maxBodyMiB });
}

function tooSlow(readTimeoutSeconds: number): OwnAnswer {
  const error = `The app said nothing for ${readTimeoutSeconds} seconds, so the request was given up.`;
  return answer(504, `too-slow-${readTimeoutSeconds}`, error, { readTimeoutSeconds });
}

function answer(
  status: OwnAnswer["status"],
  name: string,
  error: string,
  limit: Readonly<Record<string, number>> = {},
): OwnAnswer {
  return { status, name, text: `${status}: ${error}`, json: JSON.stringify({ status, error, ...limit }) };
}
