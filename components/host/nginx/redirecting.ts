import { authority, HopChain, publicScheme } from "../hops";
import { expression } from "./expression";
import { Directive, directive } from "./tree";

/**
 * Sends the request on to a name, by the way that the hops tell of, with path and query. 308, not 301: browsers make a GET
 * of a POST that meets a 301, and what was sent is lost.
 */
export function sendTo(name: string, hops: HopChain): Directive {
  return directive("return", 308, target(name, hops));
}

/** The same for who speaks plain HTTP on a port for TLS. */
export function sendPlainTo(name: string, hops: HopChain): Directive {
  return directive("error_page", 497, "=308", target(name, hops));
}

function target(name: string, hops: HopChain) {
  return expression`${publicScheme(hops, name)}://${authority(hops, name)}$request_uri`;
}
