import { endsTls, Listener, listeners } from "../balancers/listeners";
import { plainFault } from "../balancers/plain-http";
import { Level, Severity } from "../finding";
import { entry, text, wholeNumber } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Draft, Rule, Target } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const tlsPort = 443;

/** A load balancer that speaks HTTP or TLS with its clients, and its listeners. */
interface Entry extends Target {
  readonly name: string;
  readonly listeners: readonly Listener[];
}

/** Without TLS at the balancer everybody on the way reads and changes what is asked and answered. */
export const tlsListener: Rule<Entry> = {
  id: "tls-listener",
  item: "https",
  title: "Public load balancers answer HTTPS on port 443 with a certificate",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "A public balancer that speaks HTTP needs a listener for HTTPS on port 443, and each listener that ends TLS needs a " +
    "certificateArn. One that only sends its visitors to another host needs none; connections that a network load " +
    "balancer hands on as they are (TCP, UDP) are the business of the hosts behind it.",
  targets: ({ graph }) => {
    const all = listeners(graph).filter(({ internal }) => !internal);
    const balancers = [...new Set(all.flatMap((one) => one.balancers))];
    return balancers
      .map(({ urn, name }) => ({
        urn,
        name,
        listeners: all.filter((one) => one.balancers.some((of) => of.urn === urn)),
      }))
      .filter((one) => one.listeners.some(speaksWithClients));
  },
  check({ name, listeners: own }) {
    const drafts = own.filter(endsTls).map(checkCertificate);
    const plain = own.filter(({ protocol }) => protocol === "HTTP");
    if (own.some(answersHttps) || plain.every(sendsElsewhere)) return drafts;
    const hidden = own.find(mayAnswerHttps);
    if (hidden)
      return [...drafts, unknown(`whether ${hidden.resource.name} answers HTTPS on port 443 is not known`, checkLater)];
    return [
      ...drafts,
      fail(`${name} answers plain HTTP, and no HTTPS on port 443`, "add a listener for HTTPS on port 443"),
    ];
  },
};

/** Whether a listener reads what clients say, or may. */
const speaksWithClients = (listener: Listener): boolean =>
  endsTls(listener) || listener.protocol === "HTTP" || listener.protocol === UNKNOWN;

const answersHttps = (listener: Listener): boolean =>
  endsTls(listener) && wholeNumber(listener.resource.properties["port"]) === tlsPort;

const mayAnswerHttps = (listener: Listener): boolean => {
  const port = wholeNumber(listener.resource.properties["port"]);
  return (
    (endsTls(listener) && port === UNKNOWN) || (listener.protocol === UNKNOWN && (port === UNKNOWN || port === tlsPort))
  );
};

/** Whether a plain listener does nothing but send its visitors to the TLS of another host. */
function sendsElsewhere({ resource, rules }: Listener): boolean {
  const actions = resource.properties["defaultActions"];
  const blocks = Array.isArray(actions) ? actions : [];
  const host = text(entry(entry(blocks.at(-1), "redirect"), "host"));
  return rules.length === 0 && plainFault(actions) === null && typeof host === "string" && !host.includes("#{host}");
}

function checkCertificate({ resource }: Listener): Draft {
  const details = { about: resource.name, resource: resource.urn };
  const arn = resource.properties["certificateArn"];
  return arn === undefined || arn === null || arn === ""
    ? fail(`${resource.name} ends TLS without a certificate`, "name its certificate in certificateArn", details)
    : pass(`${resource.name} ends TLS with a certificate`, details);
}
