import { readFileSync } from "node:fs";

// Where programs that answer on the loopback address keep the list of real name servers.
const candidates = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf", "/run/NetworkManager/no-stub-resolv.conf"];

/**
 * The text of a machine's resolv.conf: the name servers of this computer that can be reached from a machine. A server
 * on the loopback address cannot.
 *
 * @param texts resolv.conf files, the first that has a reachable server wins
 */
export function machineResolver(texts: readonly string[]): string {
  for (const text of texts) {
    const lines = text.split("\n").map((line) => line.trim());
    const servers = lines.filter((line) => /^nameserver\s/.test(line) && !/^nameserver\s+(?:127\.|::1)/.test(line));
    if (servers.length > 0) {
      return [...servers, ...lines.filter((line) => /^(?:search|domain)\s/.test(line)), ""].join("\n");
    }
  }
  return "";
}

/** Reads this computer's resolver settings; a file that is not there counts as empty. */
export function hostResolvers(): string[] {
  return candidates.map((path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return "";
    }
  });
}
