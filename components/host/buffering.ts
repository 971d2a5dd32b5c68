import { Route } from "../app/route/route";

/** Whether answers of a route are taken off the app as fast as it writes them. */
export const buffersAnswers = (route: Route): boolean => route.bufferAnswers ?? route.stream !== true;
