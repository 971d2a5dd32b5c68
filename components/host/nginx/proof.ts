import { Hop } from "../hop";
import { HopChain, ownAddresses, proofHeaders } from "../hops";
import { proofFile } from "../proof-file";
import { expression, verbatim } from "./expression";
import { map } from "./map";
import { because, block, Directive, directive } from "./tree";

/** nginx's variable for a header, and ours for whether it holds a proof. */
const headerVariable = (header: string): string => `http_${header.toLowerCase().replaceAll("-", "_")}`;
export const proofVariable = (header: string): string => `proven_by_${header.toLowerCase().replaceAll("-", "_")}`;
const passVariable = (header: string): string => `passes_${header.toLowerCase().replaceAll("-", "_")}`;

/** Whoever connects from the host itself: its health checks. Not the client's address, which only a proven hop may name. */
const fromHost = "from_host";

/** Whether nothing proves where a request comes from; empty when something does. */
const unproven = "unproven";

/** Maps on which `refuseUnproven` relies. Without a hop that proves itself there are none. */
export function proofMaps(hops: HopChain): Directive[] {
  const headers = proofHeaders(hops);
  if (headers.length === 0) return [];
  const passed = hops.front.flatMap(({ provesBy, markedBy }) =>
    provesBy === undefined ? [] : markedBy === undefined ? proofVariable(provesBy) : passVariable(provesBy),
  );
  const all = passed.map((variable) => `$${variable}`).join("");
  return [
    ...headers.map((header) =>
      block(
        "map",
        [{ token: `$${headerVariable(header)}` }, verbatim(`$${proofVariable(header)}`)],
        [directive("include", proofFile(header)), directive("default", "")],
      ),
    ),
    ...hops.front.flatMap((hop) => markMap(hop)),
    block(
      "geo",
      [expression`$realip_remote_addr`, verbatim(`$${fromHost}`)],
      [...ownAddresses.map((address) => directive(address, 1)), directive("default", "")],
    ),
    // Each hop says "1", so that all of them together are as many.
    map({ token: `$${fromHost}:${all}` }, unproven, [[{ token: `~^(?:1:|:1{${headers.length}}$)` }, ""]], 1),
  ];
}

/** What comes without the mark of a hop did not come through it, and has nothing to prove. */
function markMap({ provesBy, markedBy }: Hop): Directive[] {
  if (provesBy === undefined || markedBy === undefined) return [];
  const source = { token: `$${proofVariable(provesBy)}:$${headerVariable(markedBy)}` };
  return [
    map(source, passVariable(provesBy), [
      [{ token: "~^1:" }, 1],
      [":", 1],
    ]),
  ];
}

/** Refuses what comes past a hop that proves itself. */
export function refuseUnproven(hops: HopChain): Directive[] {
  if (proofHeaders(hops).length === 0) return [];
  return [
    because(
      "requests that did not come through what stands in front",
      block("if", [{ token: `($${unproven})` }], [directive("return", 403)]),
    ),
  ];
}
