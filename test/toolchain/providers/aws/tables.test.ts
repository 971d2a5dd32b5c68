import * as assert from "node:assert/strict";

import { account } from "../../../../toolchain/providers/aws/account/account";
import { lookups } from "../../../../toolchain/providers/aws/functions";
import { definitions } from "../../../../toolchain/providers/aws/resources";
import type { Property, PropertyTable, PropertyType } from "../../../../toolchain/providers/table";
import { declaredOptions } from "../published-schema";
import { type DeclaredMembers, declaredMembers, declares } from "./declared-types";

/** `aws:ec2/instance:Instance` is `Instance` of the SDK's module `ec2/instance`. */
function placeOf(token: string): { module: string; name: string } {
  const [, module = "", name = ""] = token.split(":");
  return { module: module.replace(/^index\//, ""), name };
}

const capital = (name: string): string => name[0]?.toUpperCase() + name.slice(1);
const sorted = (names: Iterable<string>): string[] => [...names].sort();

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "flag",
  integer: "number",
  any: "document",
  assetOrArchive: "asset",
};

function kindOf(type: PropertyType): string {
  if (typeof type === "string") return kinds[type] ?? type;
  if ("list" in type) return `list of ${kindOf(type.list)}`;
  return "map" in type ? "map" : "object";
}

function membersOf(type: PropertyType): PropertyTable | undefined {
  if (typeof type === "string") return undefined;
  if ("list" in type) return membersOf(type.list);
  return "object" in type ? type.object : undefined;
}

/** The table in the form of declarations, to compare the two as wholes. */
function asDeclared(table: PropertyTable): object {
  const entries = Object.entries(table).map(([name, { type, required }]) => {
    const members = membersOf(type);
    return [name, { kind: kindOf(type), optional: !required, ...(members && { members: asDeclared(members) }) }];
  });
  return Object.fromEntries(entries);
}

const namesWhere = (table: PropertyTable, is: (property: Property) => boolean | undefined): string[] =>
  sorted(Object.keys(table).filter((name) => is(table[name] as Property)));

const outputKinds = (members: DeclaredMembers): object =>
  Object.fromEntries(Object.entries(members).map(([name, { kind }]) => [name, kind]));

describe("the tables of the recording aws provider", function () {
  // The declarations of nested types are 11 MB to parse.
  this.timeout(60_000);

  for (const [token, { table, ...definition }] of Object.entries(definitions)) {
    const { module, name } = placeOf(token);
    const outputs = { ...table.inputs, ...table.outputs };

    it(`${token} takes what the SDK declares, in every depth`, () => {
      assert.deepEqual(asDeclared(table.inputs), declaredMembers(module, `${name}Args`));
    });

    it(`${token} gives what the SDK declares, and always what the SDK declares to be always there`, () => {
      const declared = declaredMembers(module, name);
      // A document is given as text or object, and always comes as text.
      const expected = Object.entries(outputs).map(([property, { type }]) => [
        property,
        kindOf(type).replace("document", "text"),
      ]);
      assert.deepEqual(Object.fromEntries(expected), outputKinds(declared));
      // What has a default is declared as if it could be missing, though it never is.
      const constant = (property: string): boolean => table.inputs[property]?.default !== undefined;
      const always = sorted(Object.keys(declared).filter((property) => !declared[property]?.optional));
      const required = namesWhere(outputs, (property) => property.required);
      const filledIn = (table.filledIn ?? []).filter((property) => !constant(property));
      const declaredConstants = always.filter((property) => constant(property) && !outputs[property]?.required);
      assert.deepEqual(sorted([...required, ...filledIn, ...declaredConstants]), always);
    });

    it(`${token} has the secrets that the SDK asks for`, () => {
      const { secrets } = declaredOptions(`@pulumi/aws/${module}`);
      assert.deepEqual(
        namesWhere(outputs, ({ secret }) => secret),
        sorted(secrets),
      );
    });

    it(`${token} has a table of what replaces it, of inputs that it has, each with its source`, () => {
      // None at all is a statement of its own, with its source too.
      if (definition.neverReplaced !== undefined) {
        assert.match(definition.neverReplaced, /^internal\/[\w/.]+\.go has neither ForceNew nor RequiresReplace/);
      }
      assert.equal(definition.replacement.length === 0, definition.neverReplaced !== undefined);
      for (const { path, source } of definition.replacement) {
        assert.ok(property(table.inputs, path), `${path} is no input`);
        assert.match(source, /^internal\/[\w/.]+\.go (ForceNew|RequiresReplace|ModifyPlan|forceNewIfRegionChanges)/);
      }
      const paths = definition.replacement.map(({ path }) => path);
      assert.deepEqual(paths, [...new Set(paths)]);
    });

    it(`${token} is replaced when its region changes, if it is in one`, () => {
      const byRegion = definition.replacement.some(({ path }) => path === "region");
      assert.equal(byRegion, "region" in table.inputs);
    });

    it(`${token} has a value for every output when it is made`, () => {
      const inputs = Object.fromEntries(
        Object.entries(table.inputs).flatMap(([input, { required, default: constant }]) =>
          required || constant !== undefined ? [[input, constant ?? "x"]] : [],
        ),
      );
      const region = "eu-central-1";
      const made = definition.create({ name: "x", ...inputs }, { account: account(region), region });
      const derived = ["region", "tagsAll"];
      const expected = [...Object.keys(table.outputs), ...(table.filledIn ?? [])];
      const missing = expected.filter(
        (output) => made.outputs[output] === undefined && !(output in inputs) && !derived.includes(output),
      );
      // A generated name is an input by then.
      assert.deepEqual(
        missing.filter((output) => output !== definition.autonaming?.property),
        [],
      );
      assert.notEqual(made.id, "");
    });
  }

  for (const [token, { table }] of Object.entries(lookups)) {
    const { module, name } = placeOf(token);

    it(`${token} takes and gives what the SDK declares`, () => {
      const args = `${capital(name)}Args`;
      assert.deepEqual(asDeclared(table.inputs), declares(module, args) ? declaredMembers(module, args) : {});
      const declared = declaredMembers(module, `${capital(name)}Result`);
      const results = { ...table.inputs, ...table.outputs };
      const given = Object.entries(results).filter(([result]) => result in declared);
      const kindsOf = Object.fromEntries(given.map(([result, { type }]) => [result, kindOf(type)]));
      assert.deepEqual(kindsOf, outputKinds(declared));
      const missing = Object.keys(table.outputs).filter((result) => !(result in declared));
      assert.deepEqual(missing, []);
    });
  }
});

/** The property at a path such as `ebsBlockDevices[].iops`. */
function property(table: PropertyTable, path: string): Property | undefined {
  const [first = "", ...rest] = path.replaceAll("[]", "").split(".");
  const found = table[first];
  if (rest.length === 0 || !found) return found;
  return property(membersOf(found.type) ?? {}, rest.join("."));
}
