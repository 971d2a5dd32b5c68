import { Problem } from "../../app/problem";
import { Web, WebProgram } from "../../app/web";
import { HopChain } from "../hops";

/** What of the hops in front of a host HAProxy cannot do as its web server. */
export function haproxyHopProblems({ front }: HopChain, { program }: Web): Problem[] {
  if (program !== WebProgram.HAProxy) return [];
  const fix = "take nginx as the web server, or leave it out";
  return front.flatMap((hop, index) => [
    ...(hop.provesBy === undefined
      ? []
      : [
          {
            path: `front[${index}].provesBy`,
            value: hop.provesBy,
            reason: "is not looked at by HAProxy, which would believe whoever comes past it",
            fix,
          },
        ]),
    ...(hop.asksHealth
      ? [
          {
            path: `front[${index}].asksHealth`,
            value: true,
            reason: `cannot be answered by HAProxy, which begins no TLS without a name, as ${hop.name} does`,
            fix,
          },
        ]
      : []),
  ]);
}
