import { Route } from "../../app/route/route";
import { buffersAnswers } from "../buffering";
import { Directive, directive } from "./tree";

/** What a route does not have nginx take in as a whole; nginx does by itself. */
export function buffering(route: Route): Directive[] {
  return [
    ...(route.bufferRequests === false ? [directive("proxy_request_buffering", "off")] : []),
    ...(buffersAnswers(route) ? [] : [directive("proxy_buffering", "off")]),
  ];
}
