import { Problem } from "../components/app/problem";
import { domainFault } from "../components/app/domain";

/** What a stack in AWS is told by its configuration file. */
export interface AwsConfig {
  /** The domain that journal and dashboard share; the live app answers at `live.<domain>`. */
  domain: string;
  /** Host name or address of the mail server. @default `smtp.<domain>` */
  mailHost: string;
  /** Where Let's Encrypt writes to. */
  email?: string;
  /** Name of the hosted zone. */
  zone?: string;
  instanceType?: string;
  /** Debian release. */
  debian: number;
}

/** Reads a value by its name, as `pulumi.Config.get`. */
type Get = (name: string) => string | undefined;

/** The release that all examples can run on. */
const usualDebian = 12;

/** Reads the configuration of a stack in AWS, and all that is wrong with it. What `Site` checks is left to it. */
export function readAwsConfig(get: Get): { config: AwsConfig; problems: Problem[] } {
  const problems: Problem[] = [];
  const domain = get("domain") ?? "";
  const fault = domainFault(domain);
  if (fault) problems.push({ path: "landfall:domain", value: domain, ...fault });
  else if (domain === "localhost" || domain.endsWith(".localhost")) {
    const reason = "is a name of one computer only";
    problems.push({
      path: "landfall:domain",
      value: domain,
      reason,
      fix: "set one that lies in a hosted zone of yours",
    });
  }
  const debian = get("debian") ?? String(usualDebian);
  if (!/^\d+$/.test(debian)) {
    problems.push({ path: "landfall:debian", value: debian, reason: "is no number", fix: `write ${usualDebian}` });
  }
  const config = {
    domain,
    mailHost: get("mailHost") ?? `smtp.${domain}`,
    email: get("email"),
    zone: get("zone"),
    instanceType: get("instanceType"),
    debian: Number(debian),
  };
  return { config, problems };
}
