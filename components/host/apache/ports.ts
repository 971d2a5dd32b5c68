import { App } from "../../app/app";
import { literalDomains } from "../../app/route/domains";
import { HopChain } from "../hops";
import { leadingNames, ListeningPorts, listeningPorts } from "../names";

/** Where httpd listens for the names of some apps. */
export const portsOf = (apps: readonly App[], hops: HopChain): ListeningPorts =>
  listeningPorts(hops, [...literalDomains(apps), ...leadingNames(hops)]);
