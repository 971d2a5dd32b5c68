import { NginxView, ServerView } from "./nginx-view";

/**
 * The server that answers a host name on a port, by nginx's order: the exact name, the longest wildcard at its beginning,
 * the longest at its end, the first regular expression, the default server of the port. Null when nothing listens there.
 */
export function serverFor(nginx: NginxView, host: string, port: number): ServerView | null {
  const name = host.toLowerCase().replace(/\.$/, "");
  const listening = nginx.servers.filter(({ listens }) => listens.some((listen) => listen.port === port));
  return (
    listening.find(({ names }) => names.includes(name) || names.some((one) => one === `.${name}`)) ??
    byWildcard(listening, (pattern) => startMatches(pattern, name)) ??
    byWildcard(listening, (pattern) => endMatches(pattern, name)) ??
    listening.find(({ names }) => names.some((pattern) => regexMatches(pattern, name))) ??
    listening.find(({ listens }) => listens.some((listen) => listen.port === port && listen.defaultServer)) ??
    listening[0] ??
    null
  );
}

/** The server with the longest of the wildcards that match. */
function byWildcard(servers: readonly ServerView[], matches: (pattern: string) => boolean): ServerView | undefined {
  let best: ServerView | undefined;
  let length = 0;
  for (const server of servers) {
    for (const pattern of server.names) {
      if (pattern.length > length && matches(pattern)) [best, length] = [server, pattern.length];
    }
  }
  return best;
}

/** `*.example.com`, and `.example.com`, which also stands for `example.com`. */
function startMatches(pattern: string, name: string): boolean {
  const rest = pattern.startsWith("*.") ? pattern.slice(1) : pattern.startsWith(".") ? pattern : null;
  return rest !== null && name.endsWith(rest) && name.length > rest.length;
}

/** `www.example.*` */
function endMatches(pattern: string, name: string): boolean {
  return pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1)) && name.length > pattern.length - 1;
}

function regexMatches(pattern: string, name: string): boolean {
  if (!pattern.startsWith("~")) return false;
  try {
    return new RegExp(pattern.slice(1).replace(/\(\?P</g, "(?<"), "i").test(name);
  } catch {
    return false;
  }
}
