import { atLeast, guest } from "../../components/host/guest";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { effective } from "../reader/nginx/effective";
import { NginxView, ServerView } from "../reader/nginx/nginx-view";
import { serverFor } from "../reader/nginx/server-for";
import { Draft, Rule } from "../rule";
import { serverText } from "../web/scope-text";
import { absent, fail, pass, placed, unknown } from "./drafts";

/** The port of HTTPS. */
const tlsPort = 443;

/** Protocols that RFC 7568 and RFC 8996 have ended. */
const ended = new Set(["SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"]);

/** From this version on nginx's own default leaves TLS 1.0 and 1.1 out (changes with nginx 1.23.4). */
const modernDefault = "1.23.4";

/** A browser refuses a site whose TLS is too old, or that has none on the port for it. */
export const tlsNginx: Rule<WebHost> = {
  id: "tls-nginx",
  item: "https",
  title: "nginx answers with TLS 1.2 or newer and a certificate",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each server on port 443 has to speak TLS, and each that does has to have ssl_certificate, and to leave SSL, TLS 1.0 and " +
    "1.1 out of ssl_protocols. Each declared domain needs such a server, on any port, unless a load balancer or CDN ends TLS before the host. A " +
    "server that only refuses handshakes (ssl_reject_handshake) answers nobody, and is let be.",
  targets: webHosts,
  check({ host, nginx }) {
    const servers = nginx.servers.filter(
      (server) => !refusesHandshakes(server) && (server.tls || server.listens.some(({ port }) => port === tlsPort)),
    );
    return [...servers.flatMap((server) => checkServer(host, nginx, server)), ...checkDomains(host, nginx)];
  },
};

/** Whether a server is for names that are none of the host's: it speaks with nobody. */
function refusesHandshakes(server: ServerView): boolean {
  return (
    effective(server, "ssl_reject_handshake").at(-1)?.args[0] === "on" &&
    server.listens.every(({ ssl, quic }) => ssl || quic)
  );
}

function checkServer(host: Host, nginx: NginxView, server: ServerView): Draft[] {
  const name = serverText(server);
  const plain = server.listens.filter(({ port, ssl, quic }) => port === tlsPort && !ssl && !quic);
  const drafts = plain.map(({ place }) =>
    fail(`${name} speaks plain HTTP on port 443`, "add ssl to its listen directive", {
      about: `${name} listen`,
      place: placed(place),
    }),
  );
  if (!server.tls) return drafts;
  const certificate = checkCertificate(host, server, name);
  const protocols = checkProtocols(host, nginx, server, name);
  drafts.push(...[certificate, protocols].filter((draft) => draft !== null));
  return drafts.length > 0
    ? drafts
    : [pass(`${name} has a certificate and no old protocols`, { about: name, place: placed(server.place) })];
}

function checkCertificate(host: Host, server: ServerView, name: string): Draft | null {
  const certificates = effective(server, "ssl_certificate").filter(({ args }) => args[0]);
  if (certificates.length > 0) return null;
  return absent(host, `${name} has no ssl_certificate`, "give it a certificate and its key", {
    about: `${name} ssl_certificate`,
    place: placed(server.place),
  });
}

function checkProtocols(host: Host, nginx: NginxView, server: ServerView, name: string): Draft | null {
  const fix = "set ssl_protocols TLSv1.2 TLSv1.3";
  const about = `${name} ssl_protocols`;
  const [directive] = effective(server, "ssl_protocols");
  if (directive) {
    const old = directive.args.filter((protocol) => ended.has(protocol));
    if (old.length === 0) return null;
    return fail(`${name} speaks ${old.join(", ")}`, fix, { about, place: placed(directive.place) });
  }
  const details = { about, place: placed(server.place) };
  if (nginx.mainAssumed)
    return unknown(`${name} has the protocols of nginx's main file, which is not known here`, fix, details);
  const version = host.view.plan && guest(host.view.plan.debian).nginx;
  if (!version)
    return unknown(
      `${name} has the protocols of nginx's own default, which had TLS 1.0 before ${modernDefault}`,
      fix,
      details,
    );
  return atLeast(version, modernDefault)
    ? null
    : fail(`${name} speaks TLSv1 and TLSv1.1, the default of nginx ${version}`, fix, details);
}

/** Domains that nobody answers over TLS. */
function checkDomains(host: Host, nginx: NginxView): Draft[] {
  const { loadBalancers = [], distributions = [] } = host.machine?.entries ?? {};
  if (loadBalancers.length > 0 || distributions.length > 0) return [];
  return (host.contract.domains ?? [])
    .filter((domain) => !serverFor(nginx, domain, tlsPort)?.tls && !hasOwnPort(nginx, domain))
    .map((domain) =>
      absent(host, `no server answers for ${domain} with TLS`, "add one, and redirect port 80 to it", {
        about: domain,
      }),
    );
}

/** Whether a server has the name and speaks TLS, on whichever port. */
function hasOwnPort({ servers }: NginxView, domain: string): boolean {
  return servers.some(({ tls, names }) => tls && names.includes(domain));
}
