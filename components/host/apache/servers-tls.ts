import { App } from "../../app/app";
import { authoritiesOf, longestChain } from "../tls/authorities";
import { apacheFolder } from "./folder";
import { apache, ApacheDirective } from "./tree";

/** How httpd asks servers elsewhere by TLS: for the name that the client said, which their certificate has to be for. */
export function serversTls(app: App): ApacheDirective[] {
  if (!app.serversTls) return [];
  return [
    apache("SSLProxyEngine", "On"),
    apache("SSLProxyProtocol", "-all", "+TLSv1.2", "+TLSv1.3"),
    ...checkedServers(authoritiesOf(app, ownAuthorities)),
  ];
}

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
