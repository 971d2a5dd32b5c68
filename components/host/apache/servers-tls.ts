import { App } from "../../app/app";
import { authoritiesOf, longestChain } from "../tls/authorities";
import { placeScheme } from "../places";
import { apacheFolder } from "./folder";
import { apache, ApacheDirective } from "./tree";

/**
 * How httpd asks an app's places by TLS: for the name that the client said, which the certificate of servers elsewhere has to be for.
 * That of an app on this host is not checked: the socket says who answers, and while one certificate takes the place of another they
 * would not fit.
 */
export function serversTls(app: App): ApacheDirective[] {
  if (placeScheme(app) === "http") return [];
  return [
    apache("SSLProxyEngine", "On"),
    apache("SSLProxyProtocol", "-all", "+TLSv1.2", "+TLSv1.3"),
    ...(app.serversTls ? checkedServers(authoritiesOf(app, ownAuthorities)) : uncheckedServer),
  ];
}

/** Whose certificate is not looked at: it is on this host. */
export const uncheckedServer: readonly ApacheDirective[] = [
  apache("SSLProxyCheckPeerName", "Off"),
  apache("SSLProxyCheckPeerExpire", "Off"),
];

/**
 * Checks the certificate of what is asked by TLS.
 *
 * @param authorities the file of those that may have signed it
 */
export function checkedServers(authorities: string): ApacheDirective[] {
  return [
    apache("SSLProxyVerify", "require"),
    apache("SSLProxyVerifyDepth", longestChain),
    apache("SSLProxyCACertificateFile", authorities),
    apache("SSLProxyCheckPeerName", "On"),
  ];
}

/** The authorities that an app brings for its servers. */
export const ownAuthorities = ({ name }: App): string => `${apacheFolder}/authorities/${name}.pem`;
