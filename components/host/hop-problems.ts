import { App } from "../app/app";
import { Route } from "../app/route/route";
import { at, Fault, Problem } from "../app/problem";
import { cidrFault } from "../app/traffic";
import { Report } from "../app/validation/report";
import { boolean, choice, list, number, object, read, text } from "../app/validation/shape";
import { Hop, NamesClient } from "./hop";
import { goesOn, HopChain, readers } from "./hops";

const hopShape = object<Hop>(
  {
    name: text,
    namesClient: choice(NamesClient),
    addresses: list(text),
    idleSeconds: number,
    keepSeconds: number,
    answerSeconds: number,
    maxBodyMiB: number,
    websockets: boolean,
    saysStrictTransport: boolean,
    asksHealth: boolean,
    provesBy: text,
    markedBy: text,
  },
  ["name", "addresses", "idleSeconds", "keepSeconds", "answerSeconds"],
);

/** A hop, and where what is wrong with it is said. */
interface Placed extends Hop {
  report: Report;
}

/**
 * What is wrong with the hops in front of nginx: with each, with two that do not fit each other, and with routes that ask
 * for more than a hop lets through.
 */
export function hopProblems({ front }: HopChain, apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const hops = read(list(hopShape), front, "front", problems) as readonly Hop[] | undefined;
  if (hops === undefined || problems.length > 0) return problems;
  const root = new Report("", problems);
  const placed = hops.map((hop, index) => ({ ...hop, report: root.in("front", index) }));
  for (const hop of placed) {
    checkAddresses(hop, placed);
    checkNumbers(hop);
    checkProof(hop, placed);
    checkMark(hop);
  }
  checkProxyProtocol(placed);
  checkIdle(readers(placed));
  apps.forEach((app, index) =>
    (app.routes ?? []).forEach((route, position) => {
      for (const hop of placed) checkRoute(route, hop, root.in("apps", index, "routes", position));
    }),
  );
  return problems;
}

function checkAddresses({ name, namesClient, addresses, provesBy, report }: Placed, all: readonly Placed[]): void {
  const place = report.in("addresses");
  if (namesClient === NamesClient.InPackets) {
    if (addresses.length > 0)
      place.refuse(addresses, `would be believed about clients, whom ${name} does not name`, "leave the list empty");
    return;
  }
  if (addresses.length === 0 && provesBy === undefined)
    place.refuse(
      addresses,
      `is empty, so every client would seem to be ${name}`,
      "give the CIDRs that it connects from",
    );
  const outer = readers(all)[0];
  if (addresses.length === 0 && provesBy !== undefined && outer && outer.report.path !== report.path)
    place.refuse(
      addresses,
      `is empty, so ${outer.name} before ${name} would be taken for the client`,
      "give the CIDRs that it connects from",
    );
  addresses.forEach((cidr, index) => {
    const fault = cidrFault(cidr) ?? (cidr.endsWith("/0") ? everybody : undefined);
    if (fault) place.in(index).refuse(cidr, fault.reason, fault.fix);
  });
}

const everybody = {
  reason: "are all addresses, so that any client could say who it is",
  fix: "give the CIDRs that the hop connects from",
};

function checkNumbers(hop: Placed): void {
  for (const key of ["idleSeconds", "keepSeconds", "answerSeconds", "maxBodyMiB"] as const) {
    const value = hop[key];
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue;
    const fix = key === "maxBodyMiB" ? "give MiB" : "give seconds";
    hop.report.in(key).refuse(value, "is no whole number from 1 on", fix);
  }
}

/** nginx takes the client's address from the connection or from a header of the request: one of the two. */
function checkProxyProtocol(placed: readonly Placed[]): void {
  placed.forEach(({ name, namesClient, report }, index) => {
    if (namesClient !== NamesClient.ProxyProtocol) return;
    const place = report.in("namesClient");
    const inner = placed[index + 1];
    if (inner)
      place.refuse(
        namesClient,
        `begins the connections to ${inner.name}, which is between ${name} and nginx`,
        "let the hop that connects to nginx speak it, or leave it out",
      );
    const [reader] = readers(placed.slice(0, index));
    if (reader)
      place.refuse(
        namesClient,
        `tells nginx the address of ${reader.name}, which names the client in a header that nginx then does not read`,
        `let ${name} pass packets on with the address in them (${JSON.stringify(NamesClient.InPackets)})`,
      );
  });
}

function checkProof(hop: Placed, all: readonly Placed[]): void {
  const { name, provesBy, report } = hop;
  if (provesBy === undefined) return;
  const place = report.in("provesBy");
  // Ours alone, so that no header that browsers or apps send is taken for a proof, or taken away from them.
  if (!/^X-[a-z0-9-]{1,62}$/i.test(provesBy))
    place.refuse(provesBy, "cannot be the name of such a header", "use X-, letters, digits and hyphens");
  else if (readers([hop]).length === 0)
    place.refuse(provesBy, `is not sent by ${name}, which only passes connections on`, "leave it out");
  else if (all.filter((other) => other.provesBy?.toLowerCase() === provesBy.toLowerCase()).length > 1)
    place.refuse(
      provesBy,
      "proves two hops, and one could not be told from the other",
      "give each a header of its own",
    );
}

function checkMark({ markedBy, provesBy, report }: Placed): void {
  if (markedBy === undefined) return;
  const place = report.in("markedBy");
  if (provesBy === undefined)
    place.refuse(markedBy, "marks what nothing has to prove", "give provesBy as well, or leave it out");
  else if (!/^[a-z][a-z0-9-]{0,63}$/i.test(markedBy))
    place.refuse(markedBy, "is no name of a header", "use letters, digits and hyphens");
}

/** The hops that prove themselves to a host that cannot be given what proves them. */
export function proofProblems(front: readonly Hop[], fault: Fault): Problem[] {
  return front.flatMap(({ provesBy }, index) =>
    provesBy === undefined ? [] : [{ path: at(at("front", index), "provesBy"), value: provesBy, ...fault }],
  );
}

/** A request that is written to a connection just as it is closed is lost, so who is written to has to keep it longer. */
function checkIdle(placed: readonly Placed[]): void {
  placed.slice(1).forEach((inner, index) => {
    const outer = placed[index];
    if (outer === undefined || outer.keepSeconds < inner.idleSeconds) return;
    const { idleSeconds } = inner;
    outer.report
      .in("keepSeconds")
      .refuse(
        outer.keepSeconds,
        `is not below the ${idleSeconds} s for which ${inner.name} behind ${outer.name} keeps an idle connection`,
        `set it below ${idleSeconds}, or ${inner.report.path}.idleSeconds above ${outer.keepSeconds}`,
      );
  });
}

function checkRoute(route: Route, hop: Placed, report: Report): void {
  const { readTimeoutSeconds: seconds, maxBodyMiB: body, websocket, security } = route;
  // A websocket may be silent for longer: its hops close it by themselves, as they do a stream.
  if (seconds !== undefined && !goesOn(route) && seconds >= hop.answerSeconds)
    report
      .in("readTimeoutSeconds")
      .refuse(
        seconds,
        `is not below the ${hop.answerSeconds} s after which ${hop.name} gives up`,
        `wait less, or set ${hop.report.path}.answerSeconds above ${seconds}`,
      );
  if (body !== undefined && hop.maxBodyMiB !== undefined && body > hop.maxBodyMiB)
    report
      .in("maxBodyMiB")
      .refuse(
        body,
        `is more than the ${hop.maxBodyMiB} MiB that ${hop.name} takes`,
        "take less, or let such uploads reach nginx by another way",
      );
  if (websocket && hop.websockets === false)
    report
      .in("websocket")
      .refuse(websocket, `cannot pass ${hop.name}`, `leave it out, or let clients of this route pass by ${hop.name}`);
  if (security?.strictTransport !== undefined && hop.saysStrictTransport)
    report
      .in("security", "strictTransport")
      .refuse(
        security.strictTransport,
        `has no effect, ${hop.name} says Strict-Transport-Security`,
        `say it there, or leave ${hop.report.path}.saysStrictTransport out`,
      );
}
