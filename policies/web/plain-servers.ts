import { NginxScope, NginxView, ServerView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { contentScopes, publicServers } from "./content-scopes";

/** The port of plain HTTP. */
const plainPort = 80;

/** The servers of nginx that other machines reach by plain HTTP. */
export function plainServers(nginx: NginxView): ServerView[] {
  return publicServers(nginx).filter(({ listens }) =>
    listens.some(({ port, ssl, quic }) => port === plainPort && !ssl && !quic),
  );
}

/** The blocks of a server that answer plain HTTP with content, or send it to plain HTTP again. */
export function plainScopes(server: ServerView): NginxScope[] {
  if (server.conditions.some(sendsPlainToTls)) return [];
  return [...new Set([...contentScopes(server), ...answeringScopes(server).filter(staysPlain)])];
}

/** `if ($scheme = http) { return 301 https://…; }`, in a server for both. */
function sendsPlainToTls({ args, directives }: NginxScope): boolean {
  const condition = args.join(" ").replace(/^\(|\)$/g, "");
  const isPlain = /^\$scheme\s*!=\s*https$|^\$scheme\s*=\s*http$|^\$https\s*=$|^\$server_port\s*=\s*80$/.test(
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
