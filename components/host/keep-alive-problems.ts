import { Problem } from "../app/problem";
import { Web } from "../app/web";
import { HopChain, readers } from "./hops";

/** Who is written to keeps a connection longer than who writes, or a request is lost on one that is just being closed. */
export function keepAliveProblems({ keepAliveSeconds }: Web, { front }: HopChain): Problem[] {
  const inner = readers(front).at(-1);
  if (keepAliveSeconds === undefined || !inner || keepAliveSeconds > inner.keepSeconds) return [];
  return [
    {
      path: "web.keepAliveSeconds",
      value: keepAliveSeconds,
      reason: `is not above the ${inner.keepSeconds} s for which ${inner.name} keeps its connections to the web server`,
      fix: `set it above ${inner.keepSeconds}, or leave it out`,
    },
  ];
}
