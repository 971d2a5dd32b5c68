import assert from "node:assert/strict";
import type { HostPlan } from "../../../components/host/plan";
import { Graph, graphOf } from "../../../policies/graph/graph";
import { previewResources } from "../../../policies/input/engine-state";

/** What stands for a value that is not known before the deployment. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as a preview shows it. */
export interface ResourceState {
  urn: string;
  type: string;
  inputs: Record<string, unknown>;
  /** Not there for what is only created. */
  outputs?: Record<string, unknown>;
  propertyDependencies?: Record<string, string[]>;
  dependencies?: string[];
  parent?: string;
}

interface Preview {
  steps: { op: string; urn: string; newState: ResourceState }[];
}

/** A preview of stack `dev` in which something can be changed. Every change must find what it changes. */
export class EditableStack {
  private readonly preview: Preview;

  constructor(json: string) {
    this.preview = JSON.parse(json) as Preview;
  }

  /** What the rules are asked about. */
  graph(): Graph {
    return graphOf(previewResources({ steps: this.preview.steps }));
  }

  /** The one resource of a type, or the one of them whose name is a text, or else contains it. */
  resource(type: string, name = ""): ResourceState {
    const named = this.preview.steps
      .filter(({ newState }) => newState.type === type)
      .map((step) => ({ ...step, name: step.urn.split("::").at(-1)! }));
    const exact = named.filter((one) => one.name === name);
    const found = exact.length > 0 ? exact : named.filter((one) => one.name.includes(name));
    assert.equal(found.length, 1, `there are ${found.length} resources ${type} ${name}`);
    return found[0]!.newState;
  }

  /** Sets properties; undefined takes one away. */
  set(type: string, name: string, properties: Record<string, unknown>): void {
    const state = this.resource(type, name);
    for (const [property, value] of Object.entries(properties)) {
      assert.notDeepEqual(state.inputs[property], value, `${property} is so already`);
      if (value === undefined) {
        delete state.inputs[property];
        delete state.outputs?.[property];
        delete state.propertyDependencies?.[property];
      } else {
        state.inputs[property] = value;
      }
    }
  }

  add(type: string, name: string, inputs: Record<string, unknown>, on: Record<string, string[]> = {}): void {
    const urn = `urn:pulumi:dev::landfall::${type}::${name}`;
    const propertyDependencies = Object.fromEntries(Object.keys(inputs).map((key) => [key, on[key] ?? []]));
    const newState = { urn, type, inputs, propertyDependencies, dependencies: Object.values(on).flat() };
    this.preview.steps.push({ op: "create", urn, newState });
  }

  remove(type: string, name: string): void {
    const { urn } = this.resource(type, name);
    this.preview.steps = this.preview.steps.filter((step) => step.urn !== urn);
  }

  /** Changes the host plan. */
  plan(edit: (plan: HostPlan) => void): void {
    const object = this.resource("aws:s3/bucketObjectv2:BucketObjectv2", "web-plan");
    const plan = JSON.parse(object.inputs["content"] as string) as HostPlan;
    edit(plan);
    this.planText(JSON.stringify(plan));
  }

  planText(content: string): void {
    this.set("aws:s3/bucketObjectv2:BucketObjectv2", "web-plan", { content });
  }

  /** Changes the text of a file of the host plan. */
  file(path: string, edit: (content: string) => string): void {
    this.plan(({ files }) => {
      const file = files.find((candidate) => candidate.path === path);
      assert.ok(file, `the plan has no file ${path}`);
      const changed = edit(file.content);
      assert.notEqual(changed, file.content, `nothing of ${path} has changed`);
      file.content = changed;
    });
  }
}
