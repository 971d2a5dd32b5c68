import { believed, believedByProof, HopChain, readers, speaksProxyProtocol } from "../hops";
import { withProof } from "./proof";
import { HaproxyLine, line } from "./tree";

/**
 * The client as the hops in front name it. Each adds the address that it was connected from to the end of the list, so that as
 * many addresses as there are hops are looked at from there, and each only when the one behind it is a hop's.
 */
export function realClient(hops: HopChain): HaproxyLine[] {
  if (speaksProxyProtocol(hops)) return []; // the connection has begun with it
  const addresses = believed(hops);
  return [
    ...addresses.map((cidr) => line("acl", "hop", "src", cidr)),
    ...(addresses.length === 0 ? [] : readers(hops.front).map((_, index) => nameClient(index, "hop"))),
    ...provenClient(hops),
  ];
}

/**
 * The client as it is named by a hop that is believed by its proof. Each hop behind it that reads requests adds the address
 * that it was connected from, so the place is counted from the end.
 */
function provenClient(hops: HopChain): HaproxyLine[] {
  const hop = believedByProof(hops);
  if (!hop) return [];
  const all = readers(hops.front);
  return [nameClient(all.length - 1 - all.indexOf(hop), ...withProof(hop.provesBy))];
}

/** Takes the client from a place of the list, counted from its end. */
function nameClient(place: number, ...believed: string[]): HaproxyLine {
  const named = `req.hdr_ip(x-forwarded-for,-${place + 1})`;
  return line("http-request", "set-src", named, "if", ...believed, "{", named, "-m", "found", "}");
}
