import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { HopChain } from "../hops";

/** What of the hops in front of a host HAProxy cannot do as its web server. */
export function haproxyHopProblems({ front }: HopChain): Problem[] {
  const problems: Problem[] = [];
  const fix = "take nginx as the web server, or leave it out";
  front.forEach(({ name, provesBy, asksHealth }, index) => {
    const report = new Report("front", problems).in(index);
    if (provesBy !== undefined)
      report
        .in("provesBy")
        .refuse(provesBy, "is not looked at by HAProxy, which would believe whoever comes past it", fix);
    const unasked = `cannot be answered by HAProxy, which begins no TLS without a name, as ${name} does`;
    if (asksHealth) report.in("asksHealth").refuse(true, unasked, fix);
  });
  return problems;
}
