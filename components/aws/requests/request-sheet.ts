import { accountsSection, permissionsSection } from "./accounts-section";
import { code } from "./markdown";
import { certificateSection, dnsSection, webServerSection } from "./names-section";
import { mailPortSection, portsSection } from "./ports-section";
import type { RequestFacts } from "./request-facts";

/** In the order in which they are needed. */
const sections = [
  permissionsSection,
  dnsSection,
  certificateSection,
  webServerSection,
  portsSection,
  mailPortSection,
  accountsSection,
];

/**
 * What others have to do for a site, as one page of Markdown: to be sent to whoever looks after domains, firewalls, web
 * servers, mail and the AWS account. Only what applies is in it, and no value of a secret.
 */
export function requestSheet(facts: RequestFacts): string {
  const { domains } = facts.contract;
  const whose = domains.length ? ` for ${domains.map(code).join(", ")}` : "";
  const opening = `What the site ${code(facts.site)}${whose} needs from others.`;
  return [`# Requests`, opening, ...sections.flatMap((section) => section(facts))].join("\n\n") + "\n";
}
