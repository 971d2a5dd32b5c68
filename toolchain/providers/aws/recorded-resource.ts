import type { Failure } from "../check";
import { type Difference, sameValue } from "../property/difference";
import {
  hasUnknown,
  isPropertyList,
  isPropertyMap,
  mapProperties,
  type PropertyMap,
  type PropertyValue,
  reveal,
  Secret,
  Unknown,
} from "../property/value";
import { type Checking, type Created, Effect, type Existing, type Resource } from "../provider";
import type { Account } from "./account/account";
import { defaultsKey, wasGenerated, withName } from "./autonaming";
import type { Definition } from "./definition";
import { replaces } from "./replacement";

/** What the provider knows once it is configured. */
export interface Simulation {
  readonly account: Account;
  /** Throws where no change may be simulated. */
  readonly permitChanges: () => void;
}

/** A kind of AWS resource that is recorded in the state and made nowhere. */
export class RecordedResource implements Resource {
  constructor(
    readonly definition: Definition,
    private readonly simulation: () => Simulation,
  ) {}

  get table(): Definition["table"] {
    return this.definition.table;
  }

  complete(inputs: PropertyMap, checking: Checking): PropertyMap {
    const { autonaming, documents = [], table } = this.definition;
    const written = mapProperties(inputs, (value, name) => (documents.includes(name) ? documentText(value) : value));
    const named = autonaming ? withName(autonaming, written, checking) : { inputs: written };
    const constants = Object.keys(table.inputs).filter(
      (name) => table.inputs[name]?.default !== undefined && (inputs[name] ?? null) === null,
    );
    const filledIn = [...(named.generated === undefined ? [] : [named.generated]), ...constants];
    return { ...named.inputs, [defaultsKey]: filledIn };
  }

  check(inputs: PropertyMap): Failure[] {
    return [...this.nameFailures(inputs), ...(this.definition.check?.(inputs) ?? [])];
  }

  effect(difference: Difference, before: PropertyMap, after: PropertyMap): Effect {
    if (this.saysNothing(difference, before, after)) return Effect.None;
    const { region } = this.simulation().account;
    const change = { before, after, region };
    return replaces(this.definition.replacement, difference, change) ? Effect.Replace : Effect.Update;
  }

  deletesFirst(after: PropertyMap): boolean {
    const { autonaming, deletesFirst = false } = this.definition;
    // As nameRequiresDeleteBeforeReplace in pulumi/pulumi-terraform-bridge: two resources cannot have one name.
    const ownName = autonaming && autonaming.random !== false && !wasGenerated(after, autonaming.property);
    return deletesFirst || (ownName === true && (after[autonaming.property] ?? null) !== null);
  }

  planned(inputs: PropertyMap, state?: PropertyMap): PropertyMap {
    const anew = state ? (this.definition.renewed?.(reveal(state), reveal(inputs)) ?? {}) : {};
    return { ...this.derived(inputs), ...mapProperties(anew, () => Unknown.value) };
  }

  async create(inputs: PropertyMap): Promise<Created> {
    const { account, permitChanges } = this.simulation();
    permitChanges();
    const made = this.definition.create(inputs, { account, region: this.region(inputs) });
    return { id: made.id, outputs: { ...overlaid(made.outputs, inputs), ...this.derived(inputs) } };
  }

  async update(existing: Existing, inputs: PropertyMap): Promise<PropertyMap> {
    this.simulation().permitChanges();
    const { table, renewed } = this.definition;
    const isOutput = (name: string): boolean => name in table.outputs || (table.filledIn ?? []).includes(name);
    const kept = mapProperties(existing.state, (value, name) => (isOutput(name) ? value : undefined));
    return { ...overlaid(kept, inputs), ...renewed?.(existing.state, inputs), ...this.derived(inputs) };
  }

  read(): PropertyMap {
    this.simulation().permitChanges();
    return {};
  }

  async delete(): Promise<void> {
    this.simulation().permitChanges();
  }

  /** Outputs that follow from inputs, so that a preview knows them. */
  private derived(inputs: PropertyMap): PropertyMap {
    const { inputs: known, outputs } = this.definition.table;
    return {
      ...("region" in known && { region: inputs["region"] ?? this.simulation().account.region }),
      ...("tagsAll" in outputs && { tagsAll: inputs["tags"] ?? {} }),
    };
  }

  private region(inputs: PropertyMap): string {
    return (inputs["region"] as string | undefined) ?? this.simulation().account.region;
  }

  private nameFailures(inputs: PropertyMap): Failure[] {
    const { property = "", maxLength = Infinity } = this.definition.autonaming ?? {};
    const name = inputs[property];
    if (typeof name !== "string" || name.length <= maxLength) return [];
    return [
      {
        property,
        reason: `is ${JSON.stringify(name)}, of ${name.length} characters; at most ${maxLength} are possible`,
      },
    ];
  }

  /** Differences that are none to AWS. */
  private saysNothing({ property, kind, path }: Difference, before: PropertyMap, after: PropertyMap): boolean {
    const { documents = [], sets = [], table } = this.definition;
    const [old, recent] = [before[property] ?? null, after[property] ?? null];
    // A resource is in a region whether the program names it or not.
    if (property === "region" && this.region(before) === this.region(after)) return true;
    // What the program no longer sets stays as it is where AWS has a value for it anyway.
    if (kind === "delete" && path === property && (table.filledIn ?? []).includes(property)) return true;
    if (old === null || recent === null || hasUnknown(old) || hasUnknown(recent)) return false;
    if (documents.includes(property)) return sameDocument(old, recent);
    return sets.includes(property) && sameValue(inOrder(old), inOrder(recent));
  }
}

/** What AWS computes, with what was given over it, in objects too: a root volume's id beside its given size. */
function overlaid(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const given = mapProperties(inputs, (value, name) => {
    const output = outputs[name];
    if (value === null) return undefined;
    return isPropertyMap(value) && isPropertyMap(output) ? overlaid(output, value) : value;
  });
  return { ...outputs, ...given };
}

/** An object as JSON; a text as it is. Where a part is not known yet, the whole is not. */
function documentText(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return new Secret(documentText(value.value));
  if (!isPropertyMap(value)) return value;
  return hasUnknown(value) ? Unknown.value : JSON.stringify(reveal(value));
}

function sameDocument(left: PropertyValue, right: PropertyValue): boolean {
  const [old, recent] = [left, right].map((value) => parsed(reveal(value)));
  return old !== undefined && recent !== undefined && sameValue(old, recent);
}

function parsed(value: PropertyValue): PropertyValue | undefined {
  try {
    return JSON.parse(String(value)) as PropertyValue;
  } catch {
    return undefined;
  }
}

function inOrder(value: PropertyValue): PropertyValue {
  const list = reveal(value);
  return isPropertyList(list) ? [...list].sort((left, right) => order(left, right)) : list;
}

function order(left: PropertyValue, right: PropertyValue): number {
  const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}
