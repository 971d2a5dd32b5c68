import { App } from "../../app/app";
import { certificateFolder } from "../../app/paths";
import { healthAskers, HopChain } from "../hops";
import { webPorts } from "../names";
import { proxyProtocol } from "./client-address";
import { healthQuestions } from "./health-questions";
import { apache, ApacheDirective, noted, section } from "./tree";

/** Name of the certificate that strangers are shown: nobody's (RFC 6761, 6.4), so that it tells none of ours. */
export const strangersName = "unknown.invalid";

/** The hosts for names that are none of ours, which come first: httpd has no way to close a connection without an answer. */
export function defaultSite(apps: readonly App[], hops: HopChain): ApacheDirective[] {
  const { http, https } = webPorts(apps, hops);
  return [...http.map((port) => plainHost(port, hops)), ...https.map((port) => secureHost(port, apps, hops))];
}

function plainHost(port: number, hops: HopChain): ApacheDirective {
  return noted(
    "plain HTTP for a name that is not ours",
    section(
      "VirtualHost",
      [`*:${port}`],
      [apache("ServerName", strangersName), ...proxyProtocol(hops), apache("Redirect", 421, "/")],
    ),
  );
}

function secureHost(port: number, apps: readonly App[], hops: HopChain): ApacheDirective {
  const folder = certificateFolder(strangersName);
  return noted(
    "TLS for a name that is not ours",
    section(
      "VirtualHost",
      [`*:${port}`],
      [
        apache("ServerName", strangersName),
        ...proxyProtocol(hops),
        apache("SSLEngine", "On"),
        apache("SSLCertificateFile", `${folder}/fullchain.pem`),
        apache("SSLCertificateKeyFile", `${folder}/privkey.pem`),
        ...(healthAskers(hops).length === 0
          ? [noted("a client that names nobody is a stranger", apache("SSLStrictSNIVHostCheck", "On"))]
          : healthQuestions(apps, hops)),
        apache("Redirect", 421, "/"),
      ],
    ),
  );
}
