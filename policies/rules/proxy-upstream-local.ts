import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { Context } from "../context";
import { Draft, Rule } from "../rule";
import { scopeText } from "../web/scope-text";
import { isLocal, proxied, Proxied } from "../web/upstream";
import { absent, fail, pass, placed } from "./drafts";

/** A proxy that goes where a request tells it to opens the private network to everybody. */
export const proxyUpstreamLocal: Rule<WebHost> = {
  id: "proxy-upstream-local",
  item: "reverse-proxy",
  title: "nginx hands requests only to apps on its own machine, or to hosts that are declared",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "proxy_pass and its like have to name a unix socket, a loopback address or an upstream block of these. Other hosts " +
    "are named under `upstreams` in the settings. A variable is refused, unless set or map give it nothing but constants; " +
    "in the path behind the host variables are harmless.",
  targets: webHosts,
  check: ({ host, nginx }, context) =>
    nginx.servers.flatMap((server) => proxied(nginx, server).map((handed) => checkUpstream(host, handed, context))),
};

function checkUpstream(host: Host, { scope, directive, upstream }: Proxied, { settings }: Context): Draft {
  const name = scopeText(scope);
  const details = { about: name, place: placed(directive.place) };
  if (upstream.variable !== null)
    return fail(
      `${name} hands requests to wherever $${upstream.variable} says`,
      "name the upstream, or choose it by a map of constants",
      details,
    );
  const stray = upstream.addresses.find((address) => !isLocal(address) && !settings.upstreams.includes(address.host));
  if (stray)
    // An upstream block of that name may be in a file that cannot be read.
    return absent(
      host,
      `${name} hands requests to ${stray.host}, which is neither this machine nor declared`,
      "run the app here, or name the host under `upstreams` in the settings",
      details,
    );
  return pass(`${name} hands requests to ${upstream.addresses.map(({ host }) => host).join(", ")}`, details);
}
