import { domainFault } from "../../components/app/domain";
import { Contract, noContract } from "../contract";
import { isLoopback } from "../network/address";
import { HostView } from "../reader/host-view";
import { proxied } from "../web/upstream";

/** What can be read on the host itself, where nothing is declared: the names and local ports of its web server. */
export function readContractOf({ nginx }: HostView): Contract {
  if (!nginx) return noContract;
  const names = nginx.servers.flatMap((server) => server.names).filter(isPublicName);
  const ports = nginx.servers
    .flatMap((server) => proxied(nginx, server))
    .flatMap(({ upstream }) => upstream.addresses)
    .flatMap(({ host, port }) => (port !== null && isLoopback(host) ? [port] : []));
  return { ...noContract, domains: [...new Set(names)], appPorts: [...new Set(ports)] };
}

/** Whether a server's name is one that the DNS of the world can hold. */
function isPublicName(name: string): boolean {
  return name.includes(".") && domainFault(name) === undefined && !/(^|\.)(localhost|local|internal|test)$/.test(name);
}
