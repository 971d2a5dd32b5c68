import { Route } from "../app/route/route";
import { HopChain, maxBodyMiB, readTimeoutSeconds } from "./hops";

/** An answer that a web server gives in the place of an app, so that whoever reads it knows what the limit was. */
export interface OwnAnswer {
  readonly status: 413 | 504;
  /** Names the limit, e.g. `too-large-10`. */
  readonly name: string;
  /** For people: one line of plain text. */
  readonly text: string;
  /** For programs that accept JSON: the same, with the limit as a number. */
  readonly json: string;
}

/** What a web server says itself about a route: a body that is larger than it takes, and an app that says nothing for too long. */
export function ownAnswersOf(route: Route, hops: HopChain): OwnAnswer[] {
  return [tooLarge(maxBodyMiB(route, hops)), tooSlow(readTimeoutSeconds(route, hops))];
}

function tooLarge(maxBodyMiB: number): OwnAnswer {
  const error = `The request is too large: at most ${maxBodyMiB} MiB are taken here.`;
  return answer(413, `too-large-${maxBodyMiB}`, error, { maxBodyMiB });
}

function tooSlow(readTimeoutSeconds: number): OwnAnswer {
  const error = `The app said nothing for ${readTimeoutSeconds} seconds, so the request was given up.`;
  return answer(504, `too-slow-${readTimeoutSeconds}`, error, { readTimeoutSeconds });
}

function answer(status: OwnAnswer["status"], name: string, error: string, limit: Record<string, number>): OwnAnswer {
  return { status, name, text: `${status}: ${error}`, json: JSON.stringify({ status, error, ...limit }) };
}
