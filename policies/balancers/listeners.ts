import { Graph, isGiven, ofType, Resource } from "../graph/graph";
import { perGraph } from "../graph/per-graph";
import { entry, list, text, truth } from "../graph/read";
import { references } from "../graph/references";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { Target } from "../rule";

export const listenerType = "aws:lb/listener:Listener";
const listenerRuleType = "aws:lb/listenerRule:ListenerRule";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/** What listens on a port of a load balancer. */
export interface Listener extends Target {
  readonly urn: string;
  readonly resource: Resource;
  /** E.g. `HTTP`; undefined for a gateway's, which has none. */
  readonly protocol: string | undefined | Unknown;
  /** Its balancer, of those in the graph. */
  readonly balancers: readonly Resource[];
  /** Whether only the networks around its balancer reach it. */
  readonly internal: boolean;
  /** Its rules, beside what it does by default. */
  readonly rules: readonly Resource[];
}

/** The listeners of application, network and gateway load balancers. */
export const listeners = perGraph((graph): Listener[] => {
  const rules = ofType(graph, listenerRuleType).map((rule) => ({
    rule,
    of: references(graph, rule, "listenerArn", [listenerType], ["arn", "id"]).resources,
  }));
  return ofType(graph, listenerType).map((resource) => {
    const balancers = balancersOf(graph, resource);
    return {
      urn: resource.urn,
      resource,
      protocol: protocolOf(resource, balancers),
      balancers,
      internal: balancers.length > 0 && balancers.every(({ properties }) => truth(properties["internal"]) === true),
      rules: rules.filter(({ of }) => of.includes(resource)).map(({ rule }) => rule),
    };
  });
});

function balancersOf(graph: Graph, listener: Resource): readonly Resource[] {
  return references(graph, listener, "loadBalancerArn", [balancerType], ["arn", "id"]).resources;
}

/** Application balancers speak HTTP where nothing is said; a gateway's listener has neither protocol nor port. */
function protocolOf(listener: Resource, balancers: readonly Resource[]): Listener["protocol"] {
  const protocol = text(listener.properties["protocol"]);
  if (typeof protocol === "string") return protocol.toUpperCase();
  if (protocol === UNKNOWN && isGiven(listener, "protocol")) return UNKNOWN;
  const kinds = balancers.map(({ properties }) => text(properties["loadBalancerType"]) ?? "application");
  if (kinds.includes("gateway") || listener.properties["port"] === undefined) return undefined;
  return "HTTP";
}

/** Whether clients begin TLS with the listener. */
export const endsTls = ({ protocol }: Listener): boolean => protocol === "HTTPS" || protocol === "TLS";

/** What a listener or rule does in the end, after logins; UNKNOWN when that cannot be told. */
export function lastAction(actions: Value | undefined): Value | undefined {
  const blocks = list(actions);
  if (blocks === UNKNOWN) return UNKNOWN;
  const types = blocks.map((block) => text(entry(block, "type")));
  if (types.includes(UNKNOWN)) return UNKNOWN;
  return blocks.findLast((_, index) => !String(types[index]).startsWith("authenticate-"));
}

/** The values of a kind of condition of a rule, e.g. of `hostHeader`; UNKNOWN when one is not known. */
export function conditionValues(rule: Resource, kind: string): string[] | Unknown {
  const conditions = list(rule.properties["conditions"]);
  if (conditions === UNKNOWN) return UNKNOWN;
  const found: string[] = [];
  for (const condition of conditions) {
    const values = list(entry(entry(condition, kind), "values"));
    if (values === UNKNOWN) return UNKNOWN;
    for (const value of values.map(text)) {
      if (value === UNKNOWN) return UNKNOWN;
      if (value !== undefined) found.push(value);
    }
  }
  return found;
}
