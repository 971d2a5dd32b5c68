/** What a request asks for (RFC 9110, section 9; PATCH by RFC 5789). */
export const HttpMethod = {
  Get: "GET",
  Head: "HEAD",
  Post: "POST",
  Put: "PUT",
  Patch: "PATCH",
  Delete: "DELETE",
  Options: "OPTIONS",
} as const;
export type HttpMethod = (typeof HttpMethod)[keyof typeof HttpMethod];

/** The methods of a route as they are answered: who may GET may ask for the headers alone. */
export function withHead(methods: readonly HttpMethod[]): HttpMethod[] {
  const asked = new Set<HttpMethod>(methods);
  if (asked.has(HttpMethod.Get)) asked.add(HttpMethod.Head);
  return Object.values(HttpMethod).filter((method) => asked.has(method));
}
