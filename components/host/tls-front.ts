import { Problem } from "../app/problem";
import { usualFrontPort } from "../app/validation/web-front";
import { Web } from "../app/web";
import { NamesClient } from "./hop";
import { HopChain } from "./hops";

/** The chain as nginx sees it, with what stands in front of it on the same host. */
export function withTlsFront(hops: HopChain, { front }: Web): HopChain {
  return front ? { ...hops, tlsFrontPort: front.port ?? usualFrontPort } : hops;
}

/**
 * What stands in front of the host and does not fit what stands in front of nginx on it: nginx takes the client's address from the
 * beginning of the connection, which is where the front was connected from.
 */
export function tlsFrontProblems({ front: hops }: HopChain, { front }: Web): Problem[] {
  if (!front) return [];
  const fix = "leave web.front out, or let it pass packets on with the client's address in them";
  return hops.flatMap(({ name, namesClient = NamesClient.ForwardedFor }, index) =>
    namesClient === NamesClient.InPackets
      ? []
      : [
          {
            path: `front[${index}]`,
            value: name,
            reason: `names the client in what ${front.program} on the host does not read, and would be taken for the client`,
            fix,
          },
        ],
  );
}
