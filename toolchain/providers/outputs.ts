import { sameValue } from "./property/difference";
import { hasSecret, type PropertyMap, type PropertyValue, Secret, Unknown } from "./property/value";
import type { ResourceTable } from "./table";

/**
 * A resource's outputs as the engine has to keep them: what repeats an input is that input, with its secret marks; what
 * the table calls secret is one.
 */
export function markedOutputs(table: ResourceTable, inputs: PropertyMap, outputs: PropertyMap): PropertyMap {
  const marked = Object.entries({ ...inputs, ...outputs }).flatMap(([name, value]) => {
    // Notes of a provider about its inputs, e.g. which of them are defaults, are no outputs.
    if (value === undefined || name.startsWith("__")) return [];
    const input = inputs[name];
    const kept = input !== undefined && sameValue(input, value) ? input : value;
    return [[name, secretly(table, name, kept)]];
  });
  return Object.fromEntries(marked);
}

/**
 * What a preview shows of a resource that will be made: its inputs, and that the rest is not known yet but for what is
 * planned.
 */
export function outputsBeforeCreate(table: ResourceTable, inputs: PropertyMap, planned: PropertyMap = {}): PropertyMap {
  const unknown = [...Object.keys(table.outputs), ...(table.filledIn ?? [])].map((name) => [name, Unknown.value]);
  return markedOutputs(table, inputs, { ...Object.fromEntries(unknown), ...inputs, ...planned });
}

/** What a preview shows of a resource that will be updated: the new inputs, and what an update leaves as it is. */
export function outputsBeforeUpdate(
  table: ResourceTable,
  inputs: PropertyMap,
  state: PropertyMap,
  planned: PropertyMap = {},
): PropertyMap {
  const others = Object.entries(table.outputs).map(([name, output]) => [
    name,
    output.keptOnUpdate ? state[name] : Unknown.value,
  ]);
  const filledIn = (table.filledIn ?? []).map((name) => [name, state[name]]);
  return markedOutputs(table, inputs, { ...Object.fromEntries([...filledIn, ...others]), ...inputs, ...planned });
}

function secretly(table: ResourceTable, name: string, value: PropertyValue): PropertyValue {
  const secret = table.inputs[name]?.secret ?? table.outputs[name]?.secret ?? false;
  return secret && !hasSecret(value) ? new Secret(value) : value;
}
