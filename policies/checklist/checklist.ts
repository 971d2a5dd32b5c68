import { Item } from "./item";

/** An item that rules and probes decide about. */
function checked(section: string, id: string, title: string, rules: readonly string[], help: string): Item {
  return { id, section, title, help, rules, probes: [], attested: false };
}

/** An item that only people can decide about. */
function attested(section: string, id: string, title: string, help: string): Item {
  return { id, section, title, help, rules: [], probes: [], attested: true };
}

const files = "Files";
const runtime = "Runtime";
const project = "Project";
const ports = "Ports";
const domain = "Domain";
const https = "HTTPS";
const security = "Security";
const machine = "Machine";

/** The deployment checklist: what has to be true before an app counts as deployed, in the order of doing it. */
export const checklist: readonly Item[] = [
  attested(
    files,
    "files-transfer-agreed",
    "Whoever runs the server has agreed to the way files get there",
    "Ask who runs the server whether it may fetch code by itself (a store, git, a package index), or whether files have " +
      "to be handed over in another way.",
  ),
  checked(
    files,
    "files-copied",
    "The app's files get onto the server",
    ["ud-parses", "app-files-present"],
    "Everything that a service needs is written, copied, cloned or installed by user data, the host plan or a remote " +
      "command, and all of it can be read.",
  ),
  attested(
    runtime,
    "runtime-permitted",
    "The runtime may be installed on the server",
    "Get the permission of who runs the server to install what the app needs: Python, packages, a web server. Say whether " +
      "the server reaches package indexes or needs packages from within.",
  ),
  checked(
    runtime,
    "runtime-installed",
    "The runtime is installed and starts",
    ["app-files-present"],
    "The program that a service starts is brought by a package, a build or the app's own files. Without access to the " +
      "internet, name an index or mirror that the server reaches.",
  ),
  checked(
    project,
    "project-folder",
    "The app runs from its project folder",
    ["svc-working-directory"],
    "Apps look for their configuration in the folder they are started in: gramex.yaml, templates, data.",
  ),
  checked(
    project,
    "service",
    "The app is a service that starts by itself and has a user of its own",
    ["svc-unit-declared", "svc-not-root"],
    "A systemd unit, enabled and started, so that the app is there after a crash or a reboot; not as root.",
  ),
  checked(
    project,
    "home-page",
    "The project's home page answers",
    [],
    "Open the site's address in a browser, from the server and from elsewhere. In Landfall, a deployment ends only when " +
      "the health check answers.",
  ),
  checked(
    ports,
    "ports-open",
    "The app's public ports are open, and only those",
    [
      "net-ingress-declared-only",
      "net-no-admin-world",
      "net-app-port-private",
      "net-no-mixed-rules",
      "cf-origin-locked",
    ],
    "Security groups let the world to the declared public ports and nowhere else; the app's own port is for the web " +
      "server only.",
  ),
  checked(
    ports,
    "ports-reachable",
    "The app answers when asked from another machine",
    ["net-declared-port-reachable", "port-chain-consistent"],
    "Ask for the site from another network. If it does not answer, have the port opened, or deploy on one that is open.",
  ),
  attested(
    ports,
    "ports-requested",
    "Ports that others have to open are requested",
    "Where firewalls of others stand between users and server, or between server and the services it reaches, ask their " +
      "owners to open the ports that the app declares.",
  ),
  checked(
    ports,
    "outbound-mail",
    "The app reaches its mail server, if it sends mail",
    ["net-mail-ldap-declared"],
    "Declare smtp (25), smtps (465) or submission (587) in what the app reaches; the security group then lets it out.",
  ),
  checked(
    ports,
    "outbound-directory",
    "The app reaches its directory, if it uses LDAP",
    ["net-mail-ldap-declared"],
    "Declare ldap (389) or ldaps (636) in what the app reaches; the security group then lets it out.",
  ),
  checked(
    ports,
    "outbound-web",
    "The app reaches the sites and services it uses",
    ["net-mail-ldap-declared"],
    "Declare http (80), https (443) or a port of your own in what the app reaches; the security group then lets it out.",
  ),
  attested(
    domain,
    "domain-chosen",
    "It is decided where the app is found: a domain, a sub-domain, or a path of a site that exists",
    "E.g. project.com, project.client.com, or client.com/project/.",
  ),
  attested(
    domain,
    "domain-requested",
    "Whoever manages the domain has been asked for the record, or for the path",
    "Where a client manages the domain, ask their IT team for a record that points to the server, or for a path that " +
      "their web server hands on.",
  ),
  checked(
    domain,
    "domain-points",
    "The domain points to the server",
    ["dns-record-per-host", "dns-points-to-entry"],
    "Each declared domain has a record, and the record leads to the machine, load balancer or CDN that serves it.",
  ),
  checked(
    domain,
    "reverse-proxy",
    "The web server hands each path on to its app, and tells the app who asked for what",
    ["dns-path-routed", "proxy-headers", "proxy-upstream-local"],
    "The app gets the real host, address and scheme, and the web server hands requests to nobody else.",
  ),
  checked(
    https,
    "https",
    "HTTPS answers on port 443 with a certificate",
    [
      "tls-nginx",
      "tls-listener",
      "tls-policy",
      "tls-cert-covers-host",
      "tls-cert-validated",
      "tls-cert-region",
      "cf-origin-tls",
    ],
    "A free certificate comes from Let's Encrypt by certbot, or from ACM for a load balancer or CDN; or name one of your own.",
  ),
  checked(
    https,
    "https-redirect",
    "Plain HTTP is sent to HTTPS",
    ["tls-redirect", "tls-hsts", "cf-viewer-https"],
    "Port 80 answers with a redirect to HTTPS, in the load balancer, the CDN or the web server, and with nothing else but " +
      "the challenges of certificate authorities.",
  ),
  attested(
    https,
    "https-requested",
    "Whoever manages port 443 and the certificate has been asked for them",
    "Where a client manages the certificate or the firewall, ask their IT team; else the certificate is your own concern.",
  ),
  attested(
    security,
    "vulnerabilities-scanned",
    "The app is scanned for common vulnerabilities, and what was found is dealt with",
    "Run the Zed Attack Proxy (ZAP) against the site: cross-site scripting, insecure cookies and the like.",
  ),
  checked(
    security,
    "files-disallowed",
    "Code, configuration and data files are not served",
    ["file-types-denied"],
    "Code (.py, .php, .sh, .ipynb and the like), configuration (.yaml, .ini) and data (.csv, .xlsx, .db, .jsonl and the " +
      "like) stay on the server, unless a route allows some by name.",
  ),
  checked(
    security,
    "files-allowed",
    "Only content and front-end files are served",
    [],
    "Documents, images, media, fonts, front-end code and JSON; everything else is refused.",
  ),
  checked(
    security,
    "xss-header",
    "X-XSS-Protection is sent",
    [],
    "Browsers have given the filter up; its old value brought faults of its own. Send 0, or 1; mode=block where a policy " +
      "asks for it.",
  ),
  checked(
    security,
    "content-type-header",
    "Browsers are kept from guessing content types",
    ["hdr-nosniff", "hdr-inheritance"],
    "X-Content-Type-Options: nosniff is in force in every block of the web server, and none loses it.",
  ),
  checked(
    security,
    "frame-header",
    "The app cannot be shown inside another site",
    [],
    "X-Frame-Options, or frame-ancestors of a Content-Security-Policy, in every answer.",
  ),
  checked(
    security,
    "server-hidden",
    "Answers do not tell what the server runs",
    [],
    "The Server header carries no version, and X-Powered-By and its like are taken away.",
  ),
  checked(
    security,
    "cors",
    "Pages of other origins read only what they are meant to",
    ["cors-safe"],
    "Name the origins that may read an app's answers; everybody may read only what needs no login.",
  ),
  checked(
    security,
    "cache-private",
    "Caches keep nothing that is for one person alone",
    ["cache-not-private"],
    "nginx and a CDN keep what the app lets them keep, and no answer that sets a cookie.",
  ),
  checked(
    security,
    "secrets-kept",
    "No secret is written where others can read it",
    ["ud-no-secret"],
    "Secrets reach the app as parameters and credentials, never in user data, plans or files of the repository.",
  ),
  checked(
    machine,
    "machine-base",
    "The machine guards its credentials and its disks",
    ["vm-imdsv2", "vm-disk-encrypted"],
    "The metadata service asks for a token, and disks are encrypted.",
  ),
  checked(
    machine,
    "backups",
    "Data is copied regularly",
    ["bak-volume-covered"],
    "A lifecycle policy or a plan of AWS Backup copies each volume with data. Try to restore one now and then.",
  ),
  checked(
    machine,
    "access-logs",
    "Requests are logged",
    ["log-access"],
    "Load balancers, CDNs and the web server write down who asked for what.",
  ),
];
