import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { attempt } from "./command";
import type { GuestFile, HostRegistries } from "./registries";

// Bundles that hold what everybody trusts; anything else that a variable names was put there by somebody.
const systemBundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];
const anchorFolders = ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors"];
const bundleVariables = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT"];

/** Reads what this computer says about the registries it uses. */
export async function readHostRegistries(env: NodeJS.ProcessEnv = process.env): Promise<HostRegistries> {
  const home = env.HOME || homedir();
  const release = keyValues(read("/etc/os-release") ?? "");
  const aptSources = [read("/etc/apt/sources.list"), ...readAll("/etc/apt/sources.list.d", /\.(?:list|sources)$/)];
  const apt = await attempt(["apt-config", "dump"]).catch(() => undefined);
  const pipFiles = [
    "/etc/xdg/pip/pip.conf",
    "/etc/pip.conf",
    join(home, ".pip/pip.conf"),
    join(home, ".config/pip/pip.conf"),
  ];
  if (env.PIP_CONFIG_FILE) pipFiles.push(env.PIP_CONFIG_FILE);
  const texts = aptSources.filter((text) => text !== undefined);
  return {
    codename: release.ID === "debian" ? (release.VERSION_CODENAME ?? null) : null,
    aptSources: texts,
    aptSettings: apt?.code === 0 ? apt.stdout.split("\n").filter(Boolean) : [],
    aptFiles: [...aptCredentials(), ...aptKeys(texts)],
    certificates: certificates(env),
    pip: { ...Object.assign({}, ...pipFiles.map((file) => pipFile(read(file) ?? ""))), ...variables(env, "PIP_") },
    uvToml: read(join(home, ".config/uv/uv.toml")) ?? read("/etc/uv/uv.toml") ?? null,
    uv: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (name.startsWith("UV_") && value ? [[name, value]] : [])),
    ),
    npm: npmSettings(env, home),
    proxies: proxies(env),
  };
}

/** Settings of pip's `[global]` and `[install]` sections. */
export function pipFile(text: string): Record<string, string> {
  const settings: Record<string, string> = {};
  let section = "";
  let last: string | undefined;
  for (const line of text.split("\n")) {
    const header = /^\[(.+)\]\s*$/.exec(line);
    const entry = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header?.[1] !== undefined) section = header[1];
    else if (section !== "global" && section !== "install") continue;
    else if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    else if (entry?.[1] !== undefined) settings[(last = entry[1].replaceAll("_", "-"))] = (entry[2] ?? "").trim();
    else if (/^\s/.test(line) && last !== undefined) settings[last] = `${settings[last]} ${line.trim()}`.trim();
  }
  return settings;
}

function variables(env: NodeJS.ProcessEnv, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith(prefix) && value ? [[name.slice(prefix.length).toLowerCase().replaceAll("_", "-"), value]] : [],
    ),
  );
}

function certificates(env: NodeJS.ProcessEnv): string[] {
  const anchors = anchorFolders.flatMap((folder) => readAll(folder, /\.(?:crt|pem)$/));
  const named = bundleVariables.flatMap((name) => {
    const path = env[name];
    return path && !systemBundles.includes(path) ? [read(path) ?? ""] : [];
  });
  const found = [...anchors, ...named].flatMap(
    (text) => text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [],
  );
  return [...new Set(found.map((pem) => `${pem}\n`))].sort();
}

function aptCredentials(): GuestFile[] {
  const folder = "/etc/apt/auth.conf.d";
  const files = names(folder).map((name) => join(folder, name));
  return ["/etc/apt/auth.conf", ...files].flatMap((path) => {
    const content = read(path);
    return content ? [{ path, content, mode: 0o600 }] : [];
  });
}

/** Keys that source lists name, but for those that every Debian has. */
function aptKeys(sources: readonly string[]): GuestFile[] {
  const paths = sources.flatMap((text) => text.match(/(?<=signed-by\s*[:=]\s*)\/[^\s,\]]+/gi) ?? []);
  return [...new Set(paths)].sort().flatMap((path) => {
    if (/^\/usr\/share\/keyrings\/debian-archive-/.test(path)) return [];
    const bytes = readBytes(path);
    return bytes ? [{ path, content: bytes.toString("base64"), encoding: "base64" as const, mode: 0o644 }] : [];
  });
}

function npmSettings(env: NodeJS.ProcessEnv, home: string): string[] {
  const files = ["/etc/npmrc", "/usr/etc/npmrc", join(home, ".npmrc")];
  const lines = files.flatMap((file) => (read(file) ?? "").split("\n")).map((line) => line.trim());
  const kept = lines.filter((line) =>
    /^(?:(?:@[\w-]+:)?registry|\/\/\S+?|https?-proxy|proxy|noproxy|strict-ssl)\s*=/.test(line),
  );
  const registry = env.npm_config_registry ?? env.NPM_CONFIG_REGISTRY;
  return [...new Set(registry ? [...kept, `registry=${registry}`] : kept)];
}

function proxies(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => {
      const value = env[name.toLowerCase()] ?? env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

function keyValues(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const match = /^(\w+)="?(.*?)"?$/.exec(line);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ""] as const];
  });
  return Object.fromEntries(pairs);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readAll(folder: string, pattern: RegExp): string[] {
  return names(folder)
    .filter((name) => pattern.test(name))
    .flatMap((name) => read(join(folder, name)) ?? []);
}

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const read = (path: string): string | undefined => readBytes(path)?.toString("utf8");
