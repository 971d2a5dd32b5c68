import { isLoopback } from "../network/address";
import { NginxScope, NginxView, ServerView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { contentScopes, publicServers } from "./content-scopes";

/** The servers of nginx that other machines reach by plain HTTP, on whichever port. */
export function plainServers(nginx: NginxView): ServerView[] {
  return publicServers(nginx).filter((server) => plainPort(server) !== undefined);
}

/** The first port on which other machines reach a server by plain HTTP. */
export function plainPort({ listens }: ServerView): number | undefined {
  const ports = listens
    .filter(({ address, ssl, quic }) => !ssl && !quic && !address.startsWith("unix:") && !isLoopback(address))
    .flatMap(({ port }) => port ?? []);
  return ports.includes(usualPort) ? usualPort : ports[0];
}

/** The port that is asked where none is named. */
const usualPort = 80;

/** The port of an address by HTTPS that names none. */
const usualTlsPort = 443;

/** A block that sends plain HTTP to a port at which its name has no TLS, though it has on another. */
export interface Misled {
  readonly scope: NginxScope;
  /** Where it sends requests. */
  readonly port: number;
  /** Where they would be answered. */
  readonly listening: number;
}

/** The blocks of a server that send plain HTTP to a port where nobody takes TLS for the name. */
export function misled(nginx: NginxView, server: ServerView): Misled[] {
  return [server, ...server.conditions, ...answeringScopes(server)].flatMap((scope, index, all): Misled[] => {
    if (all.indexOf(scope) < index) return [];
    const target = scope.directives.find(({ name }) => name === "return")?.args.at(-1) ?? "";
    const [, host, written] = /^https:\/\/([^/:$]+|\$\w+)(?::(\d+))?(?=\/|\$|$)/.exec(target) ?? [];
    if (host === undefined) return [];
    const names = host.startsWith("$")
      ? server.names.filter((name) => name !== "" && name !== "_")
      : [host.toLowerCase()];
    const port = written === undefined ? usualTlsPort : Number(written);
    const listening = nginx.servers
      .filter(({ tls, names: own }) => tls && names.some((name) => own.includes(name)))
      .flatMap(({ listens }) =>
        listens.flatMap(({ port: one, ssl, quic }) => ((ssl || quic) && one !== null ? [one] : [])),
      );
    const [other] = listening;
    return other === undefined || listening.includes(port) ? [] : [{ scope, port, listening: other }];
  });
}

/** The blocks of a server that answer plain HTTP with content, or send it to plain HTTP again. */
export function plainScopes(server: ServerView): NginxScope[] {
  if (server.conditions.some(sendsPlainToTls)) return [];
  return [...new Set([...contentScopes(server), ...answeringScopes(server).filter(staysPlain)])];
}

/** `if ($scheme = http) { return 301 https://…; }`, in a server for both. */
function sendsPlainToTls({ args, directives }: NginxScope): boolean {
  const condition = args.join(" ").replace(/^\(|\)$/g, "");
  const isPlain =
    /^\$scheme\s*!=\s*https$|^\$scheme\s*=\s*http$|^\$https\s*=$|^\$server_port\s*!=\s*443$|^\$server_port\s*=\s*(?!443$)\d+$/.test(
      condition.trim(),
    );
  return (
    isPlain && directives.some(({ name, args: words }) => name === "return" && words.at(-1)?.startsWith("https://"))
  );
}

function staysPlain({ directives }: NginxScope): boolean {
  const answer = directives.find(({ name }) => name === "return");
  return /^(http|\$scheme):\/\//.test(answer?.args.at(-1) ?? "");
}
