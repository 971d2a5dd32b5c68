import { Route, ServeBy } from "./route";

/** Whether a route is answered from files at all: by nothing else, or before its app. */
export const hasFiles = ({ serve }: Pick<Route, "serve">): boolean => (serve ?? ServeBy.Proxy) !== ServeBy.Proxy;
