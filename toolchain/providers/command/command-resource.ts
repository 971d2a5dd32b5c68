import type { PropertyMap } from "../property/value";
import type { Created, Existing, Resource, Work } from "../provider";
import { uniqueId } from "./resource-id";

/** Runs a command with what the resource says, and what is known of it from the run before; returns its outputs. */
type Run = (command: string, inputs: PropertyMap, state: PropertyMap, work: Work) => Promise<PropertyMap>;

/** A resource whose commands are run when it is made, changed or deleted. */
export function commandResource(table: Resource["table"], run: Run): Resource {
  const outputsOf = (state: PropertyMap): PropertyMap =>
    Object.fromEntries(Object.keys(table.outputs).map((name) => [name, state[name]]));
  return {
    table,

    async create(inputs: PropertyMap, work: Work): Promise<Created> {
      const id = uniqueId(work.name);
      const command = inputs["create"];
      const outputs = typeof command === "string" ? await run(command, inputs, {}, work) : { stdout: "", stderr: "" };
      return { id, outputs };
    },

    async update({ state }: Existing, inputs: PropertyMap, work: Work): Promise<PropertyMap> {
      const command = inputs["update"] ?? inputs["create"];
      const kept = outputsOf(state);
      return typeof command === "string" ? { ...kept, ...(await run(command, inputs, state, work)) } : kept;
    },

    async delete({ state }: Existing, work: Work): Promise<void> {
      const command = state["delete"];
      if (typeof command === "string") await run(command, state, state, work);
    },
  };
}
