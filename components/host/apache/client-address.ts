import { believed, believedByProof, HopChain, readers, speaksProxyProtocol } from "../hops";
import { provenExpression } from "./proof";
import { apache, ApacheDirective, noted } from "./tree";

/** The client as the hops in front of httpd name it: the last address of the list that is none of theirs. */
export function realClient(hops: HopChain): ApacheDirective[] {
  const addresses = believed(hops);
  if (addresses.length === 0 || speaksProxyProtocol(hops)) return [];
  return [
    apache("RemoteIPHeader", "X-Forwarded-For"),
    noted(
      "internal ones: clients with private addresses are named, too",
      apache("RemoteIPInternalProxy", ...addresses),
    ),
  ];
}

/** Variable with the client's address, where a hop is believed by its proof. */
const clientVariable = "landfall_client";

/** The client's address in a format of mod_headers. */
export function clientHeader(hops: HopChain): string {
  return believedByProof(hops) ? `%{${clientVariable}}e` : "expr=%{REMOTE_ADDR}";
}

/** The client's address in a format of the log. */
export function clientField(hops: HopChain): string {
  return believedByProof(hops) ? `%{${clientVariable}}e` : "%a";
}

/**
 * The client as it is named by a hop that is believed by its proof. Each hop behind it that reads requests adds the address
 * that it was connected from to the end of the list, and what a client wrote itself is at its beginning, so the place is
 * counted from the end. Without the proof nothing is believed.
 */
export function provenClient(hops: HopChain): ApacheDirective[] {
  const hop = believedByProof(hops);
  if (!hop) return [];
  const all = readers(hops.front);
  const behind = all.length - 1 - all.indexOf(hop);
  const named = `/(?:^|[\\s,])([0-9A-Fa-f.:]+)(?:\\s*,\\s*[^\\s,]+){${behind}}\\s*$/`;
  return [
    apache("SetEnvIf", "Remote_Addr", "^(.+)$", `${clientVariable}=$1`),
    apache(
      "SetEnvIfExpr",
      `${provenExpression(hop.provesBy)} && req_novary('X-Forwarded-For') =~ ${named}`,
      `${clientVariable}=$1`,
    ),
  ];
}
