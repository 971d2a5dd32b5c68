import { believedByProof, HopChain, readers } from "../hops";
import { Expression, expression } from "./expression";
import { map } from "./map";
import { proofVariable } from "./proof";
import { Directive } from "./tree";

/** The client as a hop names it that is believed by its proof. */
const provenClientVariable = "client_address";

/** The client's address, whoever knows it. */
export function clientAddress(hops: HopChain): Expression {
  return believedByProof(hops) ? { token: `$${provenClientVariable}` } : expression`$remote_addr`;
}

/**
 * The client as it is named by a hop that is believed by its proof: the realip module asks for addresses, and those of a CDN
 * change. Each hop behind it that reads requests adds the address that it was connected from to the end of the list, and what
 * a client wrote itself is at its beginning, so the place is counted from the end. Without the proof nothing is believed.
 */
export function provenClient(hops: HopChain): Directive[] {
  const hop = believedByProof(hops);
  if (!hop) return [];
  const all = readers(hops.front);
  const behind = all.length - 1 - all.indexOf(hop);
  const source = { token: `$${proofVariable(hop.provesBy)}:$http_x_forwarded_for` };
  const named = { token: `~^1:(?:.*[\\s,])?(?<named_client>[0-9A-Fa-f.:]+)(?:\\s*,\\s*[^\\s,]+){${behind}}\\s*$` };
  return [map(source, provenClientVariable, [[named, expression`$named_client`]], expression`$remote_addr`)];
}
