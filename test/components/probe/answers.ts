import type { Ask, ProbeAnswer, ProbeRequest } from "../../../components/probe/ask";

/** A site that answers with these headers, whatever it is asked; a function sees the request. */
export function answering(
  headers: Record<string, string | string[]> | ((request: ProbeRequest) => Record<string, string | string[]>),
  rest: Partial<Omit<ProbeAnswer, "headers">> = {},
): Ask {
  return (_url, request = {}) => {
    const said = typeof headers === "function" ? headers(request) : headers;
    return Promise.resolve({
      status: 200,
      body: "",
      headers: Object.fromEntries(Object.entries(said).map(([name, value]) => [name.toLowerCase(), [value].flat()])),
      ...rest,
    });
  };
}
