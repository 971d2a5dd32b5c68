import { Freshness } from "../app/route/freshness";

/** `Cache-Control` of pages of HTML and of all else. */
export interface FreshFor {
  readonly pages: string;
  readonly others: string;
}

/** Statuses of an app's answers that may be kept: those for which nginx says anything of it (`add_header`, without `always`). */
export const keptStatuses = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308];

/** For how long files may be used. */
export const fileFreshness = (freshness: Freshness): FreshFor => ({
  pages: cacheControl(freshness, freshness.pageSeconds ?? 0),
  others: cacheControl(freshness, freshness.seconds),
});

/**
 * For how long an app's answers may be used, where it does not say so itself. An answer that sets a cookie, or to somebody who has
 * one, is that browser's alone: a CDN would give it to others.
 */
export function answerFreshness(freshness: Freshness): { anybody: FreshFor; oneBrowser: FreshFor } {
  const seconds = freshness.pageSeconds ?? freshness.seconds;
  const of = (one: Freshness): FreshFor => ({
    pages: cacheControl(one, seconds),
    others: cacheControl(one, freshness.seconds),
  });
  return { anybody: of(freshness), oneBrowser: of({ ...freshness, private: true }) };
}

/** The header's value (RFC 9111, 5861 and 8246). */
export function cacheControl(freshness: Freshness, seconds: number): string {
  const shared = freshness.private ? undefined : freshness.sharedSeconds;
  if (seconds === 0 && !shared) return freshness.private ? "private, no-cache" : "no-cache";
  return [
    freshness.private ? "private" : "public",
    `max-age=${seconds}`,
    ...(shared === undefined ? [] : [`s-maxage=${shared}`]),
    ...(freshness.staleSeconds ? [`stale-while-revalidate=${freshness.staleSeconds}`] : []),
    ...(freshness.immutable && seconds > 0 ? ["immutable"] : []),
  ].join(", ");
}
