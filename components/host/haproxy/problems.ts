import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { HopChain } from "../hops";
import { compressionProblems } from "./compression";

/** What HAProxy cannot do as a host's web server, of the hops in front of it and of its apps. */
export function haproxyProblems({ front }: HopChain, apps: readonly App[]): Problem[] {
  const problems = compressionProblems(apps);
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
