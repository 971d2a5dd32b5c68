import { Context } from "../context";
import { Level, Severity } from "../finding";
import { UNKNOWN } from "../graph/value";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { PlacedDirective, ServerView } from "../reader/nginx/nginx-view";
import { Draft, Rule } from "../rule";
import { contentScopes, publicServers, sentHeader } from "../web/content-scopes";
import { serverText } from "../web/scope-text";
import { secondsOf, StrictFront, strictFronts } from "../web/strict-transport";
import { absent, checkLater, fail, pass, placed, unknown } from "./drafts";

const header = "Strict-Transport-Security";

/** Six months: what MDN's observatory asks for at least. */
const leastSeconds = 15768000;

/** Who types a name without a scheme asks by plain HTTP first, where others can answer, unless the browser knows better. */
export const tlsHsts: Rule<WebHost> = {
  id: "tls-hsts",
  item: "https-redirect",
  title: "Browsers are told to ask by HTTPS alone, for six months or more",
  severity: Severity.Medium,
  level: Level.Advisory,
  help:
    "Strict-Transport-Security with a max-age of six months (15768000) or more, by one layer: a response headers policy of " +
    "CloudFront, the attribute of a balancer's listener, or each server of nginx. One answer of a name is enough, browsers " +
    "keep it. Neither includeSubDomains nor preload is asked for: other names may not be ready.",
  targets: webHosts,
  check({ host, nginx }, context: Context) {
    const fronts = host.machine ? strictFronts(host.machine, context) : [];
    const said = fronts.filter(({ seconds }) => seconds !== null);
    const decides = fronts.length > 0 && said.length === fronts.length;
    if (decides && said.every(({ seconds, overrides }) => overrides && seconds !== UNKNOWN))
      return said.map(checkFront);
    const isFronted = (host.machine?.entries.distributions.length ?? 0) + fronts.length > 0;
    const servers = publicServers(nginx).filter(
      (server) => (server.tls || isFronted) && !isLocal(server) && contentScopes(server).length > 0,
    );
    const own = servers.map((server) => ({ server, said: sayings(server) }));
    if (decides && own.some((one) => one.said.length === 0)) return said.map(checkFront);
    return own.map((one) => {
      if (one.said.length > 0) return checkServer(one.server, one.said);
      const name = serverText(one.server);
      return absent(host, `${name} answers without ${header}`, `add_header ${header} max-age=63072000 always`, {
        about: name,
        place: placed(one.server.place),
      });
    });
  },
};

/** Names under localhost: there it would force TLS on every port of the computer. */
const isLocal = ({ names }: ServerView): boolean =>
  names.length > 0 && names.every((name) => name === "localhost" || name.endsWith(".localhost"));

/** What a server says, itself or in a block. That a block loses it is a finding of its own (hdr-inheritance). */
function sayings(server: ServerView): PlacedDirective[] {
  return [server, ...contentScopes(server)].flatMap((scope) => sentHeader(scope, header) ?? []);
}

function checkServer(server: ServerView, said: readonly PlacedDirective[]): Draft {
  const name = serverText(server);
  const details = { about: name, place: placed(said[0]?.place ?? server.place) };
  const values = said.map(({ args }) => args[1] ?? "");
  const seconds = values.map((value) => secondsOf(value));
  if (seconds.some((one) => typeof one === "number" && one >= leastSeconds))
    return pass(`${name} has browsers ask by HTTPS alone`, details);
  if (values.some((value) => value.includes("$")))
    return unknown(`${name} sends ${header} with a value that only a request tells`, "send the value itself", details);
  return short(name, Math.max(0, ...seconds.map((one) => (typeof one === "number" ? one : 0))), details);
}

function checkFront({ by, seconds }: StrictFront): Draft {
  const details = { about: by.name, resource: by.urn };
  if (typeof seconds !== "number")
    return unknown(`whether ${by.name} has browsers ask by HTTPS alone is not known`, checkLater, details);
  if (seconds < leastSeconds) return short(by.name, seconds, details);
  return pass(`${by.name} has browsers ask by HTTPS alone`, details);
}

function short(name: string, seconds: number, details: { about: string }): Draft {
  return fail(
    `${name} has browsers ask by HTTPS alone for ${seconds} s, less than six months`,
    `give max-age ${leastSeconds} or more`,
    details,
  );
}
