import { ListenView, NginxScope, PlacedDirective } from "./nginx-view";

/** The `listen` directives of a server; as nginx has it, port 80 of all addresses when there is none. */
export function listensOf(server: NginxScope): ListenView[] {
  const listens = server.directives.filter(({ name, block }) => name === "listen" && block === undefined);
  const allSsl = server.directives.some(({ name, args }) => name === "ssl" && args[0] === "on");
  if (listens.length > 0) return listens.map((one) => listenOf(one, allSsl));
  return [{ address: "*", port: 80, ssl: allSsl, quic: false, defaultServer: false, place: server.place }];
}

function listenOf({ args, place }: PlacedDirective, allSsl: boolean): ListenView {
  const [target = "", ...words] = args;
  return {
    ...addressOf(target),
    ssl: allSsl || words.includes("ssl"),
    quic: words.includes("quic"),
    defaultServer: words.includes("default_server") || words.includes("default"),
    place,
  };
}

/** `80`, `10.0.0.1`, `10.0.0.1:80`, `[::]:443`, `*:80`, `localhost:8000`, `unix:/run/nginx.sock`. */
export function addressOf(target: string): { address: string; port: number | null } {
  if (target.startsWith("unix:")) return { address: target, port: null };
  if (/^[\d-]+$/.test(target)) return { address: "*", port: portOf(target) };
  const [, address = target, port = "80"] = /^(\[[^\]]*\]|[^:]+)(?::([\d-]+))?$/.exec(target) ?? [];
  return { address: address || "*", port: portOf(port) };
}

/** Null for a range such as `8000-8010`. */
function portOf(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535 ? Number(text) : null;
}
