import { overlap, portsOf, purposes } from "../../app/traffic";
import { mailPortRequest } from "../mail-port";
import { bullets, code, table } from "./markdown";
import type { RequestFacts } from "./request-facts";

/** Ports for whoever looks after firewalls. What is said here is the contract that policies hold the deployment against. */
export function portsSection({ contract, address, apps, webServer }: RequestFacts): string[] {
  const here = address === "" ? contract.domains.map(code).join(", ") : code(address);
  const whose = (port: string, peer: string | undefined): string => {
    const names = apps
      .filter((app) => app.reach?.some((reach) => reach.port === port && reach.peer === peer))
      .map((app) => code(app.name));
    return names.length ? names.join(", ") : "the host: packages, code, certificates";
  };
  const incoming = contract.publicPorts.map((port) => [named(port), "everybody", here]);
  const handed = webServer
    ? ["443 (https)", ...((webServer.challenges ?? true) ? ["80 (http)"] : [])].map((port) => [
        port,
        `your web server at ${webServer.addresses.map(code).join(", ")}`,
        here,
      ])
    : [];
  const outgoing = contract.outbound.map(({ port, peer }) => [
    named(port),
    peer === undefined ? "everywhere" : code(peer),
    whose(port, peer),
  ]);
  return [
    "## Ports",
    "Please let these connections (TCP) through your firewalls, where they pass any.",
    "To the site:",
    table(["Port", "From", "To"], [...incoming, ...handed]),
    "From the site:",
    table(["Port", "To", "For"], outgoing),
  ];
}

/** `587 (submission)`, however it was said. */
function named(port: string): string {
  const range = portsOf(port);
  const number =
    range === undefined ? port : range.from === range.to ? String(range.from) : `${range.from}-${range.to}`;
  const purpose = Object.keys(purposes).find((name) => String(purposes[name]) === number);
  return purpose ? `${number} (${purpose})` : number;
}

/** Mail by port 25, which AWS lets nobody out by until it is asked. */
export function mailPortSection({ contract, address }: RequestFacts): string[] {
  const used = contract.outbound.filter(({ port }) => {
    const range = portsOf(port);
    return range !== undefined && overlap(range, portsOf("smtp")!);
  });
  if (!used.length) return [];
  const to = used.map(({ peer }) => (peer === undefined ? "everywhere" : code(peer))).join(", ");
  return [
    "## Mail by port 25",
    `AWS blocks port 25 out of every instance. Who owns the AWS account asks for it by the form of ${mailPortRequest}, with:`,
    bullets([
      `the address: ${address === "" ? "those of the machines" : code(address)}`,
      `where mail goes: ${to}`,
      "what is sent, to whom, and how what comes back is dealt with",
    ]),
    "Ports 587 (submission) and 465 (smtps) are not blocked.",
  ];
}
