import { conditionValues, endsTls, Listener, listeners } from "../balancers/listeners";
import { distributions } from "../cdn/distributions";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { list, text } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Draft, Rule, Target } from "../rule";
import {
  certificatesOf,
  Consumer,
  covers,
  distributionConsumers,
  listenerConsumers,
  namesOf,
} from "../tls/certificates";
import { checkLater, fail, pass, unknown } from "./drafts";

/** What answers with certificates for some domains. */
interface TlsEnd extends Target {
  readonly name: string;
  readonly domains: readonly string[];
  /** Whether it answers for more domains, which are not known. */
  readonly hasMore: boolean;
  readonly consumers: readonly Consumer[];
}

/** A browser stops before a certificate that is for another name. */
export const tlsCertCoversHost: Rule<TlsEnd> = {
  id: "tls-cert-covers-host",
  item: "https",
  title: "Each domain is one that the certificate in front of it is for",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "At a load balancer that ends TLS: the domains of the hosts behind it and of its rules. At a CDN: its aliases. Each has " +
    "to be a name of one of the certificates there. A wildcard stands for one label: *.example.com is for " +
    "www.example.com, not for example.com nor a.b.example.com.",
  targets: (context) => [
    ...listeners(context.graph)
      .filter(endsTls)
      .map((listener) => balancerEnd(listener, context)),
    ...distributions(context.graph).map((one) => cdnEnd(one, context.graph)),
  ],
  check({ name, domains, hasMore, consumers }, { graph }) {
    const more = hasMore ? [unknown(`further domains of ${name} are not known`, checkLater, { about: "domains" })] : [];
    if (consumers.length === 0) return more;
    const certificates = consumers.map((one) => certificatesOf(graph, one));
    const names = certificates.flatMap(({ resources }) => resources).map(namesOf);
    const known = names.flatMap((some) => (some === UNKNOWN ? [] : some));
    const isOpen =
      names.includes(UNKNOWN) ||
      certificates.some(({ resources, foreign, uncertain }) => uncertain || foreign.length + resources.length === 0);
    const foreign = certificates.flatMap((one) => one.foreign);
    return [...domains.map((domain) => checkDomain(name, domain, known, isOpen, foreign)), ...more];
  },
};

function checkDomain(
  name: string,
  domain: string,
  known: readonly string[],
  isOpen: boolean,
  [foreign]: readonly string[],
): Draft {
  const about = domain;
  if (known.some((one) => covers(one, domain))) return pass(`${name} has a certificate for ${domain}`, { about });
  if (foreign !== undefined)
    return unknown(
      `whether ${foreign} is for ${domain} is not known: it is not part of this deployment`,
      `look at its names: aws acm describe-certificate`,
      { about },
    );
  if (isOpen) return unknown(`the names of the certificate of ${name} are not known`, checkLater, { about });
  return fail(
    `${name} answers for ${domain} with a certificate that is for other names`,
    `add ${domain} to the names of the certificate`,
    { about },
  );
}

function balancerEnd(listener: Listener, { graph, hosts }: Context): TlsEnd {
  const conditions = listener.rules.map((rule) => conditionValues(rule, "hostHeader"));
  const own = conditions.flatMap((values) => (values === UNKNOWN ? [] : values)).filter((one) => !/[*?~]/.test(one));
  const behind = hosts
    .filter(({ machine }) => machine?.entries.loadBalancers.some((one) => listener.balancers.includes(one)))
    // A CDN answers for those in its own name, and asks the balancer by whatever name it likes.
    .filter(({ machine }) => machine?.entries.distributions.length === 0)
    .flatMap(({ contract }) => contract.domains ?? []);
  return {
    urn: listener.urn,
    name: listener.resource.name,
    domains: [...new Set([...own, ...behind].map((one) => one.toLowerCase()))].sort(),
    hasMore: conditions.includes(UNKNOWN),
    consumers: listenerConsumers(graph, listener.resource),
  };
}

function cdnEnd(distribution: Resource, graph: Graph): TlsEnd {
  const aliases = list(distribution.properties["aliases"]);
  const names = aliases === UNKNOWN ? [] : aliases.map(text);
  return {
    urn: distribution.urn,
    name: distribution.name,
    domains: names.filter((name) => typeof name === "string"),
    hasMore: aliases === UNKNOWN || names.includes(UNKNOWN),
    consumers: distributionConsumers(graph).filter(({ resource }) => resource === distribution),
  };
}
