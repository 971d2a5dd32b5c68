import { App } from "../app/app";
import { at, Problem } from "../app/problem";
import { cidrFault } from "../app/traffic";
import { boolean, choice, list, number, object, read, text } from "../app/validation/shape";
import { Hop, NamesClient } from "./hop";
import { HopChain, readers } from "./hops";

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
  },
  ["name", "addresses", "idleSeconds", "keepSeconds", "answerSeconds"],
);

/** A hop, and the path of its description. */
interface Placed extends Hop {
  path: string;
}

/**
 * What is wrong with the hops in front of nginx: with each, with two that do not fit each other, and with routes that ask
 * for more than a hop lets through.
 */
export function hopProblems({ front }: HopChain, apps: readonly App[], path = ""): Problem[] {
  const misshapen: Problem[] = [];
  const hops = read(list(hopShape), front, at(path, "front"), misshapen) as readonly Hop[] | undefined;
  if (hops === undefined || misshapen.length > 0) return misshapen;
  const placed = hops.map((hop, index) => ({ ...hop, path: at(at(path, "front"), index) }));
  return [
    ...placed.flatMap((hop) => [...addressProblems(hop), ...numberProblems(hop)]),
    ...idleProblems(readers(placed)),
    ...apps.flatMap((app, index) => routeProblems(app, at("apps", index), placed)),
  ];
}

function addressProblems({ name, namesClient, addresses, path }: Placed): Problem[] {
  const place = at(path, "addresses");
  if (namesClient === NamesClient.InPackets) {
    if (addresses.length === 0) return [];
    const reason = `would be believed about clients, whom ${name} does not name`;
    return [{ path: place, value: addresses, reason, fix: "leave the list empty" }];
  }
  if (addresses.length === 0) {
    const reason = `is empty, so every client would seem to be ${name}`;
    return [{ path: place, value: addresses, reason, fix: "give the CIDRs that it connects from" }];
  }
  return addresses.flatMap((cidr, index) => {
    const fault = cidrFault(cidr) ?? (cidr.endsWith("/0") ? everybody : undefined);
    return fault ? [{ path: at(place, index), value: cidr, ...fault }] : [];
  });
}

const everybody = {
  reason: "are all addresses, so that any client could say who it is",
  fix: "give the CIDRs that the hop connects from",
};

function numberProblems(hop: Placed): Problem[] {
  const numbers = { ...hop, maxBodyMiB: hop.maxBodyMiB ?? 1 };
  return (["idleSeconds", "keepSeconds", "answerSeconds", "maxBodyMiB"] as const)
    .filter((key) => !Number.isInteger(numbers[key]) || numbers[key] < 1)
    .map((key) => ({
      path: at(hop.path, key),
      value: numbers[key],
      reason: "is no whole number from 1 on",
      fix: key === "maxBodyMiB" ? "give MiB" : "give seconds",
    }));
}

/** A request that is written to a connection just as it is closed is lost, so who is written to has to keep it longer. */
function idleProblems(placed: readonly Placed[]): Problem[] {
  return placed.slice(1).flatMap((inner, index) => {
    const outer = placed[index];
    if (outer === undefined || outer.keepSeconds < inner.idleSeconds) return [];
    const reason = `is not below the ${inner.idleSeconds} s for which ${inner.name} behind ${outer.name} keeps an idle connection`;
    const fix = `set it below ${inner.idleSeconds}, or ${inner.path}.idleSeconds above ${outer.keepSeconds}`;
    return [{ path: at(outer.path, "keepSeconds"), value: outer.keepSeconds, reason, fix }];
  });
}

function routeProblems(app: App, path: string, hops: readonly Placed[]): Problem[] {
  return (app.routes ?? []).flatMap((route, index) => {
    const place = at(at(path, "routes"), index);
    const { readTimeoutSeconds: seconds, maxBodyMiB: body, websocket } = route;
    return hops.flatMap((hop) => [
      ...(seconds === undefined || websocket || seconds < hop.answerSeconds
        ? []
        : [
            {
              path: at(place, "readTimeoutSeconds"),
              value: seconds,
              reason: `is not below the ${hop.answerSeconds} s after which ${hop.name} gives up`,
              fix: `wait less, or set ${hop.path}.answerSeconds above ${seconds}`,
            },
          ]),
      ...(body === undefined || body <= (hop.maxBodyMiB ?? Infinity)
        ? []
        : [
            {
              path: at(place, "maxBodyMiB"),
              value: body,
              reason: `is more than the ${hop.maxBodyMiB} MiB that ${hop.name} takes`,
              fix: "take less, or let such uploads reach nginx by another way",
            },
          ]),
      ...(websocket && hop.websockets === false
        ? [
            {
              path: at(place, "websocket"),
              value: websocket,
              reason: `cannot pass ${hop.name}`,
              fix: `leave it out, or let clients of this route pass by ${hop.name}`,
            },
          ]
        : []),
    ]);
  });
}
