import { codename, debianSources } from "./debian";

/** What this computer says about the registries it uses. Read by `readHostRegistries`; may hold credentials. */
export interface HostRegistries {
  /** Name of the host's Debian release, or null on another system. */
  codename: string | null;
  /** Texts of apt's source lists. */
  aptSources: string[];
  /** apt's settings, as lines of `apt-config dump`. */
  aptSettings: string[];
  /** Files of `/etc/apt/auth.conf.d` and keys that the source lists name. */
  aptFiles: GuestFile[];
  /** Certificates that this computer trusts beyond the usual ones, PEM. */
  certificates: string[];
  /** pip's settings: `index-url` and the like. */
  pip: Record<string, string>;
  /** Text of uv's own settings file, or null. */
  uvToml: string | null;
  /** uv's settings from the environment: `UV_INDEX_URL` and the like. */
  uv: Record<string, string>;
  /** Lines of npm's settings that say where packages come from. */
  npm: string[];
  /** Proxy variables by name, in capital letters. */
  proxies: Record<string, string>;
}

/** A file that is laid into a guest's root. */
export interface GuestFile {
  path: string;
  /** Bytes in base64 when `encoding` says so, else text. */
  content: string;
  encoding?: "base64";
  mode: number;
}

// What concerns the way to a mirror. What concerns this computer's own upkeep stays here.
const aptSetting =
  /^(?:Acquire::(?:Check-|Retries|ForceIPv|AllowInsecure|AllowWeak|AllowDowngrade|Max-FutureTime|Queue-Mode|Languages|GzipIndexes|(?:https?|ftp|tor)::)|APT::Get::AllowUnauthenticated)/i;
// Programs and files that a guest has not.
const hostOnly = /Auto-?Detect|::(?:CaInfo|CaPath|SslCert|SslKey|IssuerCert|CrlFile)\b|::User-Agent|::SourceInfo/i;

const systemBundle = "/etc/ssl/certs/ca-certificates.crt";

/**
 * Files that make a guest use the registries that this computer uses: mirrors, proxies, private certificate
 * authorities. They go into a guest's root and nowhere else: not into user data, not into a host plan, not into a log.
 */
export function guestFiles(host: HostRegistries, debian: number): GuestFile[] {
  const guest = codename(debian);
  // A host without Debian archives of its own leaves the choice to mmdebstrap.
  const sources = host.codename === null ? undefined : debianSources(host.aptSources, host.codename, guest);
  const files: GuestFile[] = [
    ...(sources === undefined ? [] : [text("/etc/apt/sources.list.d/debian.sources", sources)]),
    ...host.aptFiles,
    ...host.certificates.map((pem, index) => text(`/usr/local/share/ca-certificates/host-${index + 1}.crt`, pem)),
  ];
  const apt = host.aptSettings.filter(
    (line) => aptSetting.test(line) && !hostOnly.test(line) && !line.endsWith(' "";'),
  );
  for (const scheme of ["http", "https"]) {
    const proxy = host.proxies[`${scheme.toUpperCase()}_PROXY`];
    if (proxy) apt.push(`Acquire::${scheme}::Proxy "${proxy}";`);
  }
  if (apt.length > 0) files.push(secretive("/etc/apt/apt.conf.d/90host", `${apt.join("\n")}\n`));
  const pip = pipSettings(host);
  if (pip) files.push(secretive("/etc/pip.conf", pip));
  const uv = uvSettings(host);
  if (uv) files.push(secretive("/etc/uv/uv.toml", uv));
  if (host.npm.length > 0) files.push(text("/etc/npmrc", `${host.npm.join("\n")}\n`, 0o600));
  const proxies = Object.entries(host.proxies).sort();
  if (proxies.length > 0) {
    const assignments = proxies.flatMap(([name, value]) => [`"${name}=${value}"`, `"${name.toLowerCase()}=${value}"`]);
    const manager = assignments
      .map((assignment) => `DefaultEnvironment=${assignment.replaceAll("%", "%%")}\n`)
      .join("");
    files.push(text("/etc/systemd/system.conf.d/90-host-proxy.conf", `[Manager]\n${manager}`, 0o600));
  }
  return files;
}

function pipSettings(host: HostRegistries): string | undefined {
  const kept = ["index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout", "retries"];
  const lines = kept.flatMap((name) => {
    const value = host.pip[name];
    return value === undefined ? [] : [`${name} = ${value.split(/\s+/).join("\n    ")}`];
  });
  if (host.certificates.length > 0) lines.push(`cert = ${systemBundle}`);
  return lines.length > 0 ? `[global]\n${lines.join("\n")}\n` : undefined;
}

/** uv reads neither pip's file nor its variables, so what only pip was told is said again in uv's words. */
function uvSettings(host: HostRegistries): string | undefined {
  const index = host.uv.UV_DEFAULT_INDEX ?? host.uv.UV_INDEX_URL;
  const extra = host.uv.UV_INDEX ?? host.uv.UV_EXTRA_INDEX_URL;
  const insecure = host.uv.UV_INSECURE_HOST;
  if (host.uvToml !== null && index === undefined && extra === undefined) return host.uvToml;
  const list = (name: string, value: string | undefined): string[] =>
    value === undefined
      ? []
      : [
          `${name} = [${words(value)
            .map((word) => JSON.stringify(word))
            .join(", ")}]`,
        ];
  const defaultIndex = index ?? host.pip["index-url"];
  const lines = [
    ...(defaultIndex === undefined ? [] : [`index-url = ${JSON.stringify(defaultIndex)}`]),
    ...list("extra-index-url", (extra ?? host.pip["extra-index-url"])?.replace(/(^|\s)[\w-]+=(?=\w+:\/\/)/g, "$1")),
    ...list("allow-insecure-host", insecure ?? host.pip["trusted-host"]),
  ];
  return lines.length > 0 ? `${lines.join("\n")}\n` : undefined;
}

const words = (value: string): string[] => value.split(/\s+/).filter(Boolean);
const hasCredentials = (settings: string): boolean => /:\/\/[^/\s]*@/.test(settings);
const secretive = (path: string, content: string): GuestFile =>
  text(path, content, hasCredentials(content) ? 0o600 : 0o644);
const text = (path: string, content: string, mode = 0o644): GuestFile => ({ path, content, mode });
