import { isDeepStrictEqual } from "node:util";

import { Context } from "./context";
import { Finding, Level, Status } from "./finding";
import { Graph } from "./graph/graph";
import { hostsOf } from "./hosts/host";
import { permissions } from "./network/security-groups";
import { Draft, Rule, Target } from "./rule";
import { rules } from "./rules";
import { Settings } from "./settings";

/**
 * What the rules say about a deployment, sorted by resource, rule and key. Never throws: a rule that cannot cope with one
 * thing says so in a finding of its own, and goes on to the next.
 */
export function evaluate(graph: Graph, settings: Settings, evaluated: readonly Rule[] = rules): Finding[] {
  const context = contextOf(graph, settings);
  return evaluated
    .filter((rule) => levelOf(rule, settings) !== Level.Disabled)
    .flatMap((rule) => distinct(findingsOf(rule, context)))
    .sort(byPlaceAndKey);
}

/** Worked out when a rule first asks, so that what cannot be read fails that rule, and no other. */
function contextOf(graph: Graph, settings: Settings): Context {
  const hosts = once(() => hostsOf(graph, settings));
  const allowed = once(() => permissions(graph));
  return {
    graph,
    settings,
    get hosts() {
      return hosts();
    },
    get permissions() {
      return allowed();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What failing a rule does, after the settings. */
function levelOf(rule: Rule, settings: Settings): Level {
  return settings.levels[rule.id] ?? rule.level;
}

function findingsOf(rule: Rule, context: Context): Finding[] {
  const finish = (draft: Draft, target: Target | null) => finding(rule, levelOf(rule, context.settings), draft, target);
  let targets: readonly Target[];
  try {
    targets = rule.targets(context);
  } catch (fault) {
    return [finish(failure(fault), null)];
  }
  const findings = targets.flatMap((target) => {
    try {
      return rule.check(target, context).map((draft) => finish(draft, target));
    } catch (fault) {
      return [finish(failure(fault), target)];
    }
  });
  if (findings.length > 0) return findings;
  return [finish({ status: Status.NotApplicable, message: "there is nothing that the rule is about" }, null)];
}

/** Names the kind of fault only: its message may repeat what the rule was reading, and that may be a secret. */
function failure(fault: unknown): Draft {
  const kind = fault instanceof Error ? fault.name : typeof fault;
  return {
    status: Status.Unknown,
    about: "rule failed",
    message: `the rule itself failed with ${kind} and says nothing about this`,
    fix: "report it as a fault of the rule, with the resource it stumbled over",
  };
}

function finding(rule: Rule, level: Level, draft: Draft, target: Target | null): Finding {
  return {
    rule: rule.id,
    item: draft.item ?? rule.item,
    key: draft.about === undefined ? rule.id : `${rule.id}[${draft.about}]`,
    status: draft.status,
    severity: rule.severity,
    level,
    resource: draft.resource ?? target?.urn ?? null,
    place: draft.place ?? null,
    message: draft.message,
    fix: draft.fix ?? "",
  };
}

/** One finding for each resource and key: the first of equal ones, numbers added to the keys of different ones. */
function distinct(findings: readonly Finding[]): Finding[] {
  const byIdentity = new Map<string, Finding[]>();
  return findings.flatMap((found) => {
    const identity = `${found.resource} ${found.key}`;
    const before = byIdentity.get(identity);
    if (!before) {
      byIdentity.set(identity, [found]);
      return [found];
    }
    if (before.some((other) => isDeepStrictEqual(other, found))) return [];
    before.push(found);
    return [{ ...found, key: `${found.key}#${before.length}` }];
  });
}

function byPlaceAndKey(one: Finding, other: Finding): number {
  return (
    compare(one.resource ?? "", other.resource ?? "") || compare(one.rule, other.rule) || compare(one.key, other.key)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
