import { believed, HopChain, readers, speaksProxyProtocol } from "../hops";
import { HaproxyLine, line } from "./tree";

/**
 * The client as the hops in front name it. Each adds the address that it was connected from to the end of the list, so that as
 * many addresses as there are hops are looked at from there, and each only when the one behind it is a hop's.
 */
export function realClient(hops: HopChain): HaproxyLine[] {
  if (speaksProxyProtocol(hops)) return []; // the connection has begun with it
  const addresses = believed(hops);
  if (addresses.length === 0) return [];
  return [
    ...addresses.map((cidr) => line("acl", "hop", "src", cidr)),
    ...readers(hops.front).map((_, index) => {
      const named = `req.hdr_ip(x-forwarded-for,-${index + 1})`;
      return line("http-request", "set-src", named, "if", "hop", "{", named, "-m", "found", "}");
    }),
  ];
}
