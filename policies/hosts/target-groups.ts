import { Graph, ofType, Resource } from "../graph/graph";
import { perGraph } from "../graph/per-graph";
import { wholeNumber } from "../graph/read";
import { references } from "../graph/references";
import { Unknown } from "../graph/value";

const instanceType = "aws:ec2/instance:Instance";
export const targetGroupType = "aws:lb/targetGroup:TargetGroup";
const targetType = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const scalingGroupType = "aws:autoscaling/group:Group";

/** A machine's place in a target group. */
export interface Registration {
  readonly group: Resource;
  /** The port that it is asked on, where that is not the group's. */
  readonly port: number | undefined | Unknown;
}

/** The target groups that a machine is registered with, by itself or by the scaling group of its template. */
export function registrationsOf(graph: Graph, machine: Resource): readonly Registration[] {
  return registrations(graph).get(machine) ?? [];
}

const registrations = perGraph((graph) => {
  const byMachine = new Map<Resource, Registration[]>();
  const note = (machines: readonly Resource[], found: readonly Registration[]): void =>
    machines.forEach((machine) => byMachine.set(machine, [...(byMachine.get(machine) ?? []), ...found]));
  const groupsOf = (resource: Resource, property: string, port: Registration["port"]): Registration[] =>
    references(graph, resource, property, [targetGroupType], ["arn", "id"]).resources.map((group) => ({ group, port }));
  for (const target of ofType(graph, targetType))
    note(
      references(graph, target, "targetId", [instanceType], ["id", "privateIp"]).resources,
      groupsOf(target, "targetGroupArn", wholeNumber(target.properties["port"])),
    );
  for (const scaling of ofType(graph, scalingGroupType)) {
    const made = ["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"]
      .flatMap((property) => scaling.propertyDependencies[property] ?? [])
      .flatMap((urn) => graph.byUrn.get(urn) ?? []);
    note(made, groupsOf(scaling, "targetGroupArns", undefined));
  }
  return byMachine;
});
