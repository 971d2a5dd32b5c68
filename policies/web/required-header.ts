import { NginxScope, NginxView, PlacedDirective } from "../reader/nginx/nginx-view";
import { contentScopes, publicServers } from "./content-scopes";

/**
 * Whether every server that answers other machines with content refuses requests by a header: by a condition on its
 * variable, or on one that maps make from it.
 */
export function refusesWithout(nginx: NginxView, header: string): boolean {
  const told = toldBy(nginx, `http_${header.toLowerCase().replaceAll("-", "_")}`);
  const servers = publicServers(nginx).filter((server) => contentScopes(server).length > 0);
  const refuses = (scope: NginxScope): boolean =>
    scope.directives.some(({ name, args }) => name === "return" && Number(args[0]) >= 400) &&
    told.some((variable) => mentions(scope.args.join(" "), variable));
  // Plain HTTP is for challenges and redirects, or another rule's finding.
  return servers.length > 0 && servers.every(({ tls, conditions }) => !tls || conditions.some(refuses));
}

/**
 * A variable, and all that maps make from it and from no other header: whoever leaves that one out may be let in without the
 * first.
 */
function toldBy({ http }: NginxView, variable: string): string[] {
  const other = new RegExp(`\\$\\{?http_(?!${variable.replace("http_", "")}\\b)`);
  const maps: readonly PlacedDirective[] = (http?.directives ?? []).filter(
    ({ name, args }) => name === "map" && !other.test(args[0] ?? ""),
  );
  const told = [variable];
  for (let grown = true; grown;) {
    const made = maps
      .filter(({ args }) => told.some((one) => mentions(args[0] ?? "", one)))
      .map(({ args }) => (args[1] ?? "").slice(1))
      .filter((one) => !told.includes(one));
    told.push(...new Set(made));
    grown = made.length > 0;
  }
  return told;
}

const mentions = (text: string, variable: string): boolean =>
  new RegExp(`\\$(${variable}\\b|\\{${variable}\\})`).test(text);
