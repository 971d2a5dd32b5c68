/** What a request asks for (RFC 9110, section 9; PATCH by RFC 5789). */
export const HttpMethod = {
  /** What is there. */
  Get: "GET",
  /** The headers of what is there. */
  Head: "HEAD",
  /** To be worked on, such as a form. */
  Post: "POST",
  /** To be put there. */
  Put: "PUT",
  /** A change to what is there. */
  Patch: "PATCH",
  /** To be taken away. */
  Delete: "DELETE",
  /** What may be asked. */
  Options: "OPTIONS",
} as const;
export type HttpMethod = (typeof HttpMethod)[keyof typeof HttpMethod];

/** The methods of a route as they are answered: who may GET may ask for the headers alone. */
export function withHead(methods: readonly HttpMethod[]): HttpMethod[] {
  const asked = new Set<HttpMethod>(methods);
  if (asked.has(HttpMethod.Get)) asked.add(HttpMethod.Head);
  return Object.values(HttpMethod).filter((method) => asked.has(method));
}
