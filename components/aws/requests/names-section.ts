import { signingCommands, SigningRequest } from "../../host/tls/signing-request";
import { snippetPlace } from "../../host/web-server/plan-snippet";
import { bullets, code, codeBlock } from "./markdown";
import type { RequestFacts } from "./request-facts";

/** Records for whoever looks after the domains. */
export function dnsSection({ zoneFile }: RequestFacts): string[] {
  if (zoneFile === "") return [];
  return [
    "## DNS records",
    "Please create these records. The text is a zone file, which most providers of DNS can import.",
    codeBlock(zoneFile),
  ];
}

/** Certificates for an authority that only people can ask. */
export function certificateSection({ unsigned }: RequestFacts): string[] {
  if (!unsigned.length) return [];
  return [
    "## Certificates",
    `Please have your authority sign a certificate for server authentication for each of: ${unsigned.map(namesInWords).join(", ")}.`,
    "We make key and request by these commands (OpenSSL 1.1.1 or newer), and send you the `.csr` files. The `.key` files stay with us.",
    codeBlock(signingCommands(unsigned), "sh"),
    "What we need back, as PEM:",
    bullets(["each certificate", "the certificates from it to your authority, in this order"]),
    "Until then the host answers with a placeholder that no browser trusts.",
  ];
}

function namesInWords({ domain, names = [] }: SigningRequest): string {
  return names.length ? `${code(domain)} (with ${names.map(code).join(", ")})` : code(domain);
}

/** What is added to the settings of the client's web server. */
export function webServerSection({ webServer, snippets }: RequestFacts): string[] {
  if (!webServer || !snippets.length) return [];
  const language = { nginx: "nginx", apache: "apache", iis: "xml", caddy: "Caddyfile", tomcat: "xml" }[webServer.kind];
  return [
    "## Web server",
    `Please add these settings, ${snippetPlace[webServer.kind]}. If it connects from other addresses than ` +
      `${webServer.addresses.map(code).join(", ")}, tell us: what others say about clients is not believed.`,
    ...snippets.flatMap(({ domain, text }) => [`For ${code(domain)}:`, codeBlock(text, language)]),
  ];
}
