import { Route } from "../app/route/route";
import { Cors } from "../app/route/cors";
import { HttpMethod, withHead } from "../app/route/methods";

/** Headers of the app that are not passed on where the route says who may read its answers. */
export const corsHeaderNames = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Allow-Private-Network",
  "Access-Control-Expose-Headers",
  "Access-Control-Max-Age",
];

/** Whether pages of any origin may read the answers. */
export const isOpen = ({ origins }: Cors): boolean => origins.includes("*");

/** What is said to browsers that ask beforehand. */
export interface PreflightHeader {
  /** A word for it. */
  readonly what: "methods" | "headers" | "age";
  readonly name: string;
  readonly value: string;
}

/** What is said to browsers that ask beforehand whether they may ask. */
export function preflightHeaders(route: Route, cors: Cors): PreflightHeader[] {
  const asked = cors.requestHeaders ?? [];
  const methods = withHead(cors.methods ?? route.methods ?? [HttpMethod.Get, HttpMethod.Post]);
  return [
    { what: "methods", name: "Access-Control-Allow-Methods", value: methods.join(", ") },
    ...(asked.length === 0
      ? []
      : [{ what: "headers" as const, name: "Access-Control-Allow-Headers", value: asked.join(", ") }]),
    { what: "age", name: "Access-Control-Max-Age", value: String(cors.maxAgeSeconds ?? 600) },
  ];
}

/** Headers of answers that pages of other origins may read, as one value; undefined for none. */
export const exposedHeaders = ({ exposeHeaders }: Cors): string | undefined =>
  exposeHeaders?.length ? exposeHeaders.join(", ") : undefined;
