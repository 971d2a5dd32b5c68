import { DeclaredRoute } from "../contract";

/** A page that nobody else declares, so that what answers it answers all below. */
const anyPage = "landfall-any-page";

/** The paths that are followed for a route: its own, and one below it. */
export const pathsOf = ({ path }: DeclaredRoute): string[] => (path.endsWith("/") ? [path, path + anyPage] : [path]);
