import { describeProblems } from "../../components/app/problem";
import { Contract, firstOf, noContract } from "../contract";
import { ancestors, Graph, ofType, Resource } from "../graph/graph";
import { uncovered } from "../graph/read";
import { AttachedGroups, attachedGroups } from "../network/attached-groups";
import { readContract } from "../read-contract";
import { HostView } from "../reader/host-view";
import { mergeViews } from "../reader/merge-views";
import { Place } from "../reader/place";
import { Target } from "../rule";
import { Settings } from "../settings";
import { appsContract } from "./apps-contract";
import { beside } from "./beside";
import { readContractOf } from "./derived-contract";
import { Entries, entriesOf } from "./entries";
import { planOf } from "./landfall-store";
import { remoteWork } from "./remote-commands";
import { machineTypes, userDataOf } from "./user-data";

/** A machine that apps run on, with what is read and declared about it. */
export interface Host extends Target {
  /** URN of the machine, or the file it was read from. */
  readonly urn: string;
  /** All that is read of it: user data, plan, what is done over SSH. */
  readonly view: HostView;
  /** What of it is not known yet, or not part of the graph. */
  readonly unknown: readonly string[];
  /** Why it may hold more than `view`, one reason each: then what is missing in `view` is not proved to be missing. */
  readonly unread: readonly string[];
  readonly contract: Contract;
  /** Null for a host that was read from a file. */
  readonly machine: Machine | null;
}

/** What leads to the machine of a host, and what guards it. */
export interface Machine {
  readonly resource: Resource;
  readonly entries: Entries;
  readonly groups: AttachedGroups;
}

/** The hosts of a graph: machines with user data or something declared about them, and those that were read from files. */
export function hostsOf(graph: Graph, settings: Settings): Host[] {
  const machines = ofType(graph, ...machineTypes).flatMap((machine) => machineHost(graph, settings, machine));
  const files = graph.hosts.map((view) => ({
    urn: view.source,
    machine: null,
    view,
    unknown: [],
    unread: gapsOf(view),
    contract: contractOf(view, settingsFor(settings, [view.source])),
  }));
  return [...machines, ...files];
}

function machineHost(graph: Graph, settings: Settings, resource: Resource): Host[] {
  const userData = userDataOf(resource);
  const entries = entriesOf(graph, resource);
  const remote = remoteWork(graph, entries.own);
  const components = componentContracts(graph, resource);
  const names = [resource.name, resource.urn];
  const isMeant = settings.hosts.some(({ host }) => host !== null && names.includes(host));
  if (!userData && remote.views.length === 0 && !isMeant && components.contracts.length === 0) return [];

  const given = userData?.view ?? null;
  const plan = given && planOf(graph, given);
  const planned = plan && "view" in plan ? plan.view : null;
  const view =
    given && planned && remote.views.length === 0
      ? beside(planned, given)
      : mergeViews(
          [given, planned, ...remote.views].filter((one) => one !== null),
          resource.name,
        );
  const unknown = [
    ...(userData && !userData.view ? ["its user data is known only after the deployment"] : []),
    ...(plan && "missing" in plan ? [plan.missing] : []),
    ...remote.unknown.map((name) => `what ${name} does is known only after the deployment`),
    ...components.unreadable,
  ];
  const unread = [...unknown, ...gapsOf(view)];
  const contract = contractOf(view, [...settingsFor(settings, names), ...components.contracts]);
  const machine = { resource, entries, groups: attachedGroups(graph, resource) };
  return [{ urn: resource.urn, view, unknown, unread, contract, machine }];
}

function contractOf(view: HostView, declared: readonly Contract[]): Contract {
  return firstOf(...declared, view.contract ?? noContract, readContractOf(view));
}

/** What the settings say about a host, that for this host before that for all. */
function settingsFor(settings: Settings, names: readonly string[]): Contract[] {
  const meant = settings.hosts.filter(({ host }) => host !== null && names.includes(host));
  return [...meant, ...settings.hosts.filter(({ host }) => host === null)];
}

/** What the components around a machine declare, nearest first, and why one of them cannot be read. */
function componentContracts(graph: Graph, machine: Resource): { contracts: Contract[]; unreadable: string[] } {
  const read = ancestors(graph, machine).flatMap((component) => {
    const declared = componentContract(component);
    return declared ? [{ component, ...declared }] : [];
  });
  return {
    contracts: read.map(({ contract }) => contract),
    unreadable: read
      .filter(({ problems }) => problems.length > 0)
      .map(({ component, problems }) => describeProblems(`what ${component.name} declares`, problems)),
  };
}

/** The output `contract` of a component; where outputs are not known, as in a preview's JSON, what its apps declare. */
function componentContract({ type, properties }: Resource): ReturnType<typeof readContract> | null {
  if (!type.startsWith("landfall:")) return null;
  const contract = uncovered(properties["contract"]);
  if (typeof contract === "object") return readContract(contract, "contract");
  const apps = uncovered(properties["apps"]);
  return typeof apps === "object" ? appsContract(apps, "apps", uncovered(properties["web"])) : null;
}

/** What of a view could not be read, and what its commands do that cannot be told. */
function gapsOf({ problems, opaque }: HostView): string[] {
  const where = ({ file, line }: Place) => (line === null ? file : `${file}:${line}`);
  return [
    ...problems.map(({ place, message }) => `${where(place)} ${message}`),
    ...opaque.map(({ place, what }) => `${where(place)} runs ${what}`),
  ];
}
