import { believed, believedByProof, HopChain, ownAddresses, readers, speaksProxyProtocol } from "../hops";
import { provenExpression } from "./proof";
import { expressionText } from "./text";
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

/** For the first host of each port: connections to it begin with the PROXY protocol, where a hop speaks it. */
export function proxyProtocol(hops: HopChain): ApacheDirective[] {
  if (!speaksProxyProtocol(hops)) return [];
  return [
    apache("RemoteIPProxyProtocol", "On"),
    noted("the host itself says no PROXY protocol", apache("RemoteIPProxyProtocolExceptions", ...ownAddresses)),
  ];
}

/**
 * Variable with the client's address, where it is not what httpd takes for it: where a hop is believed by its proof, and where one
 * speaks the PROXY protocol, which httpd believes from everybody.
 */
const clientVariable = "landfall_client";
const saysVariable = (hops: HopChain): boolean => believedByProof(hops) !== undefined || speaksProxyProtocol(hops);

/** The client's address in a format of mod_headers. */
export function clientHeader(hops: HopChain): string {
  return saysVariable(hops) ? `%{${clientVariable}}e` : "expr=%{REMOTE_ADDR}";
}

/** The client's address in a format of the log. */
export function clientField(hops: HopChain): string {
  return saysVariable(hops) ? `%{${clientVariable}}e` : "%a";
}

/** Lets nobody but some clients ask, by their CIDRs. */
export function onlyClients(cidrs: readonly string[], hops: HopChain): ApacheDirective {
  if (!saysVariable(hops)) return apache("Require", "ip", ...cidrs);
  const isOne = cidrs.map((cidr) => `reqenv('${clientVariable}') -ipmatch ${expressionText(cidr)}`);
  return apache("Require", "expr", isOne.join(" || "));
}

/** The client as it is named by the PROXY protocol of a hop; whoever else speaks it is the client. */
export function passedClient(hops: HopChain): ApacheDirective[] {
  if (!speaksProxyProtocol(hops)) return [];
  const isHop = believed(hops).map((cidr) => `%{CONN_REMOTE_ADDR} -ipmatch ${expressionText(cidr)}`);
  return [
    apache("SetEnvIfExpr", "%{CONN_REMOTE_ADDR} =~ /^(.+)$/", `${clientVariable}=$1`),
    apache("SetEnvIfExpr", `(${isHop.join(" || ")}) && %{REMOTE_ADDR} =~ /^(.+)$/`, `${clientVariable}=$1`),
  ];
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
