import { Route } from "../../app/route/route";

/** Whether HAProxy in front of nginx hands requests of a route to its app straight, by the paths that it does so for. */
export const isDirect = ({ pattern, path = "/" }: Route, direct: readonly string[]): boolean =>
  pattern === undefined && direct.includes(path);
