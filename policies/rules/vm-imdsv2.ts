import { Level, Severity, Status } from "../finding";
import { Graph, isGiven, ofType, Resource } from "../graph/graph";
import { entry, text, uncovered, wholeNumber } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { launchTemplateType, virtualMachineTypes } from "../hosts/machine-types";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const defaultsType = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";

/** Most hops between the metadata service and who asks it: one keeps it to the machine itself. */
const mostHops = 1;

const fix = "set metadataOptions to httpTokens: required, httpPutResponseHopLimit: 1";

/** Version 1 of the metadata service hands a machine's credentials to whoever makes an app fetch an address. */
export const vmImdsv2: Rule<Resource> = {
  id: "vm-imdsv2",
  item: "machine-base",
  title: "The metadata service of each machine asks for a token, and answers only the machine",
  severity: Severity.High,
  level: Level.Remediate,
  help:
    "Machines and launch templates need metadataOptions with httpTokens required and a hop limit of 1, or no metadata " +
    "service at all. A launch template, or the defaults of the region (instanceMetadataDefaults), may say so for a " +
    "machine that says nothing. In the policy pack the properties are put right before the machine is made.",
  targets: ({ graph }) => ofType(graph, ...virtualMachineTypes),
  check(machine, { graph }) {
    const about = "metadataOptions";
    const found = [machine, ...templatesOf(graph, machine)].map(optionsOf).find((options) => options !== undefined);
    if (found === UNKNOWN)
      return [unknown(`the metadata options of ${machine.name} are not known`, checkLater, { about })];
    const defaults = ofType(graph, defaultsType)[0]?.properties;
    return [checkOptions(machine.name, { ...defaults, ...found }, about)];
  },
  remediate(type, properties) {
    if (!virtualMachineTypes.includes(type)) return undefined;
    const given = uncovered(properties["metadataOptions"]);
    const options = isBlock(given) ? given : {};
    if (checkOptions("", options, "").status === Status.Pass) return undefined;
    const hops = wholeNumber(options["httpPutResponseHopLimit"]);
    const limited = typeof hops === "number" && hops <= mostHops ? hops : mostHops;
    return { ...properties, metadataOptions: { ...options, httpTokens: "required", httpPutResponseHopLimit: limited } };
  },
};

type Options = Readonly<Record<string, Value>>;

/** The options that a resource gives; undefined when it gives none, and the provider only computes what holds. */
function optionsOf(resource: Resource): Options | typeof UNKNOWN | undefined {
  const value = uncovered(resource.properties["metadataOptions"]);
  if (value === UNKNOWN) return isGiven(resource, "metadataOptions") ? UNKNOWN : undefined;
  return isBlock(value) ? value : undefined;
}

function templatesOf(graph: Graph, machine: Resource): readonly Resource[] {
  const id = entry(machine.properties["launchTemplate"], "id");
  return referencesOf(graph, machine, "launchTemplate", id, [launchTemplateType]).resources;
}

function checkOptions(name: string, options: Options, about: string): Draft {
  const endpoint = text(options["httpEndpoint"]);
  const tokens = text(options["httpTokens"]);
  const hops = wholeNumber(options["httpPutResponseHopLimit"]);
  if (endpoint === "disabled") return pass(`${name} has no metadata service`, { about });
  if (tokens === UNKNOWN || hops === UNKNOWN)
    return unknown(`the metadata options of ${name} are not known`, checkLater, { about });
  if (tokens !== "required") return fail(`the metadata service of ${name} answers without a token`, fix, { about });
  if (hops !== undefined && hops > mostHops)
    return fail(
      `the metadata service of ${name} answers over ${hops} hops, so containers behind the machine reach it`,
      fix,
      { about },
    );
  return pass(`the metadata service of ${name} asks for a token`, { about });
}

function isBlock(value: Value | undefined): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
