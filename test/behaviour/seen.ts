import assert from "node:assert/strict";
import type { Seen, Subject, SubjectRequest } from "./subject";

export type { Seen };

/** What the echo app saw of a request. */
export async function seenBy(site: Subject, url: string, request?: SubjectRequest): Promise<Seen> {
  const answer = await site.request(url, request);
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body) as Seen;
}
