import { endsTls, listeners } from "../balancers/listeners";
import { distributions } from "../cdn/distributions";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Graph, ofType, Resource } from "../graph/graph";
import { entry, text, truth, uncovered } from "../graph/read";
import { References, references } from "../graph/references";
import { UNKNOWN } from "../graph/value";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { effective } from "../reader/nginx/effective";
import { LocationMatch, LocationView, NginxScope, ScopeKind, ServerView } from "../reader/nginx/nginx-view";
import { Draft, Rule, Target } from "../rule";
import { contentScopes, publicServers } from "../web/content-scopes";
import { serverText } from "../web/scope-text";
import { checkLater, fail, pass, placed, unknown } from "./drafts";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const deliveryType = "aws:cloudwatch/logDelivery:LogDelivery";
const deliverySourceType = "aws:cloudwatch/logDeliverySource:LogDeliverySource";

type LoggedEntry = Target & { readonly check: (context: Context) => Draft[] };

/** Who asked for what is known afterwards only if it was written down. */
export const logAccess: Rule<LoggedEntry> = {
  id: "log-access",
  item: "access-logs",
  title: "Load balancers, CDNs and nginx log who asks for what",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "A load balancer needs accessLogs with enabled: true; a network balancer has such logs only for TLS that it ends. A " +
    "CloudFront distribution needs loggingConfig, or a cloudwatch.LogDeliverySource of its ACCESS_LOGS with a LogDelivery: " +
    "what it answers itself reaches no other log. nginx logs by default: a server must not turn it off for all that it answers with.",
  targets: (context) => [
    ...loggingBalancers(context.graph).map((one) => ({ urn: one.urn, check: () => [checkBalancer(one)] })),
    ...distributions(context.graph).map((one) => ({
      urn: one.urn,
      check: ({ graph }: Context) => [checkDistribution(graph, one)],
    })),
    ...webHosts(context).map((web) => ({ urn: web.urn, check: () => checkHost(web) })),
  ],
  check: (target, context) => target.check(context),
};

/** Balancers that can write logs and have something to write (Elastic Load Balancing, "Access logs for your Network Load Balancer"). */
function loggingBalancers(graph: Graph): Resource[] {
  const all = listeners(graph);
  return ofType(graph, balancerType).filter((balancer) => {
    const own = all.filter(({ balancers }) => balancers.includes(balancer));
    const kind = text(balancer.properties["loadBalancerType"]) ?? "application";
    return kind === "network" ? own.some(endsTls) : kind !== "gateway" && own.length > 0;
  });
}

function checkBalancer({ name, properties }: Resource): Draft {
  const about = "accessLogs";
  const logs = uncovered(properties["accessLogs"]);
  const enabled = truth(entry(logs, "enabled"));
  if (enabled === UNKNOWN) return unknown(`whether ${name} logs requests is not known`, checkLater, { about });
  if (enabled !== true) return fail(`${name} logs no requests`, "set accessLogs: { bucket, enabled: true }", { about });
  return pass(`${name} logs requests`, { about });
}

function checkDistribution(graph: Graph, distribution: Resource): Draft {
  const about = "loggingConfig";
  const { name, properties } = distribution;
  const config = uncovered(properties["loggingConfig"]);
  if (typeof config === "object" && config !== null) return pass(`${name} logs requests`, { about });
  const sources = ofType(graph, deliverySourceType)
    .filter((source) => text(source.properties["logType"]) === "ACCESS_LOGS")
    .map((source) => ({ source, named: references(graph, source, "resourceArn", [distribution.type], ["arn"]) }));
  const own = sources.filter(({ named }) => named.resources.includes(distribution)).map(({ source }) => source);
  const deliveries = ofType(graph, deliveryType).map((delivery) =>
    references(graph, delivery, "deliverySourceName", [deliverySourceType], ["name", "id"]),
  );
  if (deliveries.some(({ resources }) => resources.some((source) => own.includes(source))))
    return pass(`${name} logs requests`, { about });
  const isOpen = sources.some(({ named }) => named.uncertain) || (own.length > 0 && deliveries.some(isUncertain));
  if (isOpen || (config === UNKNOWN && Object.hasOwn(distribution.propertyDependencies, "loggingConfig")))
    return unknown(`whether ${name} logs requests is not known`, checkLater, { about });
  if (own.length > 0)
    return fail(`the logs of ${name} are delivered nowhere`, "give their source a LogDelivery", { about });
  return fail(`${name} logs no requests`, "give it loggingConfig, or a LogDeliverySource of its ACCESS_LOGS", {
    about,
  });
}

const isUncertain = ({ uncertain }: References): boolean => uncertain;

function checkHost({ nginx }: WebHost): Draft[] {
  return publicServers(nginx)
    .map((server) => ({ server, scopes: contentScopes(server).filter(isMany) }))
    .filter(({ scopes }) => scopes.length > 0)
    .map(({ server, scopes }) => checkServer(server, scopes));
}

function checkServer(server: ServerView, scopes: readonly NginxScope[]): Draft {
  const name = serverText(server);
  const details = { about: `${name} access_log`, place: placed(server.place) };
  if (scopes.every(isSilent)) return fail(`${name} logs no requests`, "take access_log off away from it", details);
  return pass(`${name} logs requests`, details);
}

/** Whether a block answers for more than one path: the questions for an app's health, for one, nobody wants to read. */
const isMany = (scope: NginxScope): boolean =>
  scope.kind !== ScopeKind.Location || (scope as LocationView).match !== LocationMatch.Exact;

/** nginx logs where nothing is said (ngx_http_log_module, access_log: default `logs/access.log combined`). */
const isSilent = (scope: NginxScope): boolean => {
  const logs = effective(scope, "access_log");
  return logs.length > 0 && logs.every(({ args }) => args[0] === "off");
};
