import { Context } from "../context";
import { NginxView } from "../reader/nginx/nginx-view";
import { Target } from "../rule";
import { Host } from "./host";

/** A host with nginx's configuration. */
export interface WebHost extends Target {
  readonly host: Host;
  readonly nginx: NginxView;
}

/** The hosts whose web server's configuration can be read. */
export function webHosts({ hosts }: Context): WebHost[] {
  return hosts.flatMap((host) => (host.view.nginx ? [{ urn: host.urn, host, nginx: host.view.nginx }] : []));
}
