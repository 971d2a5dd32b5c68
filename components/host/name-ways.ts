import { PlainHttp } from "../app/domain-settings";
import { HopChain } from "./hops";
import { addressOf, byPlainHttp } from "./names";

/** One of the ways by which a web server is asked by a name: plain HTTP, or TLS. */
export interface NameWay {
  readonly name: string;
  /** Port of the host. */
  readonly port: number;
  readonly isSecure: boolean;
  /** The hops as those see them who come this way, or as they are to see them who are sent on. */
  readonly hops: HopChain;
  /** The name that requests are sent on to, by the way that the hops tell of; undefined where the routes of the name answer. */
  readonly sentTo?: string;
}

/**
 * The ways by which a web server is asked by a name. One that only leads to a domain is sent to TLS by the same name first, as
 * browsers learn of HSTS by no other (MDN HTTP Observatory, "Redirection").
 */
export function waysOf(name: string, hops: HopChain): NameWay[] {
  const { domain, leadsThere, byApp, http, httpPort, httpsPort } = addressOf(hops, name);
  const plain = byPlainHttp(leadsThere ? byPlainHttp(hops, domain) : hops, name);
  const answered = leadsThere ? { sentTo: domain } : {};
  const byPlain = { name, port: httpPort, isSecure: false };
  return [
    http === PlainHttp.Redirect || byApp
      ? { ...byPlain, hops, sentTo: name }
      : { ...byPlain, hops: plain, ...answered },
    ...(http === PlainHttp.Only || byApp ? [] : [{ name, port: httpsPort, isSecure: true, hops, ...answered }]),
  ];
}
