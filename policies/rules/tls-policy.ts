import { endsTls, Listener, listeners } from "../balancers/listeners";
import { Level, Severity } from "../finding";
import { isGiven } from "../graph/graph";
import { text } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/**
 * Policies with TLS 1.3, and 1.2 at the oldest: `ELBSecurityPolicy-TLS13-1-2-2021-06` and all that followed, with
 * post-quantum key exchange and by FIPS too. `-TLS13-1-0-` and `-TLS13-1-1-` go back to what RFC 8996 has ended (Elastic Load
 * Balancing, "Security policies for your Application Load Balancer").
 */
const modern = /^ELBSecurityPolicy-TLS13-1-[23](-|$)/;

/** With TLS 1.3, forward secrecy and post-quantum key exchange. */
const recommended = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const fix = `set sslPolicy: ${recommended}`;

/** What AWS takes where nothing is said (`ELBSecurityPolicy-2016-08`) speaks TLS 1.0. */
export const tlsPolicy: Rule<Listener> = {
  id: "tls-policy",
  item: "https",
  title: "Load balancers speak TLS 1.3, and nothing older than 1.2",
  severity: Severity.High,
  level: Level.Remediate,
  help:
    "Each listener that ends TLS needs an sslPolicy whose name begins with ELBSecurityPolicy-TLS13-1-2 or " +
    "ELBSecurityPolicy-TLS13-1-3. Policies are told by their names, so those that AWS adds later are known too. In the " +
    "policy pack the property is put right before the listener is made.",
  targets: ({ graph }) => listeners(graph).filter(endsTls),
  check({ resource }) {
    const { name, properties } = resource;
    const about = "sslPolicy";
    const policy = text(properties["sslPolicy"]);
    if (policy === UNKNOWN && isGiven(resource, "sslPolicy"))
      return [unknown(`the TLS policy of ${name} is not known`, checkLater, { about })];
    if (typeof policy !== "string" || policy === "")
      return [fail(`${name} says nothing about TLS versions, so AWS offers TLS 1.0, too`, fix, { about })];
    if (!modern.test(policy)) return [fail(`the TLS policy of ${name} is older than TLS 1.3`, fix, { about })];
    return [pass(`the TLS policy of ${name} begins at TLS 1.2`, { about })];
  },
  remediate(type, properties) {
    const protocol = text(properties["protocol"]);
    const policy = text(properties["sslPolicy"]);
    if (type !== "aws:lb/listener:Listener" || (protocol !== "HTTPS" && protocol !== "TLS")) return undefined;
    if (policy === UNKNOWN || (policy !== undefined && modern.test(policy))) return undefined;
    return { ...properties, sslPolicy: recommended };
  },
};
