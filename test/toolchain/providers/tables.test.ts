import * as assert from "node:assert/strict";

import { commandProvider } from "../../../toolchain/providers/command/provider";
import { copyToRemoteTable, loggingChoices } from "../../../toolchain/providers/command/tables";
import type { Provider } from "../../../toolchain/providers/provider";
import type { PropertyTable, PropertyType } from "../../../toolchain/providers/table";
import { tlsProvider } from "../../../toolchain/providers/tls/provider";
import { selfSignedCertTable } from "../../../toolchain/providers/tls/tables";
import { declaredOptions, declaredProperties, type PublishedProperty, publishedSchema } from "./published-schema";

const providers: Provider[] = [commandProvider, tlsProvider];

/** Module of the installed package that declares a resource or function, and the name that it has there. */
const declarations: Record<string, readonly [module: string, name: string]> = {
  "command:local:Command": ["@pulumi/command/local/command", "Command"],
  "command:remote:Command": ["@pulumi/command/remote/command", "Command"],
  "command:remote:CopyFile": ["@pulumi/command/remote/copyFile", "CopyFile"],
  "command:remote:CopyToRemote": ["@pulumi/command/remote/copyToRemote", "CopyToRemote"],
  "tls:index/certRequest:CertRequest": ["@pulumi/tls/certRequest", "CertRequest"],
  "tls:index/locallySignedCert:LocallySignedCert": ["@pulumi/tls/locallySignedCert", "LocallySignedCert"],
  "tls:index/privateKey:PrivateKey": ["@pulumi/tls/privateKey", "PrivateKey"],
  "tls:index/selfSignedCert:SelfSignedCert": ["@pulumi/tls/selfSignedCert", "SelfSignedCert"],
  "command:local:run": ["@pulumi/command/local/run", "Run"],
  "tls:index/getPublicKey:getPublicKey": ["@pulumi/tls/getPublicKey", "GetPublicKey"],
};

const requiredOf = (table: PropertyTable): string[] => namesWhere(table, ({ required }) => required ?? false);

function namesWhere(table: PropertyTable, condition: (property: PropertyTable[string]) => boolean): string[] {
  return Object.entries(table)
    .filter(([, property]) => condition(property))
    .map(([name]) => name)
    .sort();
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe("the tables of our stand-in providers", () => {
  for (const provider of providers) {
    for (const [token, { table }] of Object.entries(provider.resources)) {
      const [module, name] = declarations[token] as readonly [string, string];
      const outputs = { ...table.inputs, ...table.outputs };

      it(`${token} has the inputs and outputs that the installed package declares`, () => {
        const args = declaredProperties(module, `${name}Args`);
        assert.deepEqual(sorted(args.map((property) => property.name)), sorted(Object.keys(table.inputs)));
        assert.deepEqual(
          sorted(args.filter(({ optional }) => !optional).map((property) => property.name)),
          requiredOf(table.inputs),
        );
        const declared = declaredProperties(module, name);
        assert.deepEqual(sorted(declared.map((property) => property.name)), sorted(Object.keys(outputs)));
        const always = sorted(declared.filter(({ optional }) => !optional).map((property) => property.name));
        assert.deepEqual(sorted([...requiredOf(outputs), ...(table.filledIn ?? [])]), always);
      });

      it(`${token} has the secrets and replacements that the installed package asks for`, () => {
        const { secrets, replacing } = declaredOptions(module);
        assert.deepEqual(
          namesWhere(outputs, ({ secret }) => secret ?? false),
          sorted(secrets),
        );
        for (const property of replacing) assert.equal(table.inputs[property]?.replaces, true, property);
      });
    }

    for (const [token, { table }] of Object.entries(provider.functions)) {
      const [module, name] = declarations[token] as readonly [string, string];
      it(`${token} has the arguments and results that the installed package declares`, () => {
        const args = declaredProperties(module, `${name}Args`);
        assert.deepEqual(sorted(args.map((property) => property.name)), sorted(Object.keys(table.inputs)));
        const results = declaredProperties(module, `${name}Result`);
        assert.deepEqual(
          sorted(results.map((property) => property.name)),
          sorted(Object.keys({ ...table.inputs, ...table.outputs })),
        );
      });
    }
  }
});

describe("the tables of our stand-in providers against the published schemas", function () {
  for (const provider of providers) {
    const schema = publishedSchema(provider.name);
    if (!schema) {
      it(`${provider.name}: the schema is not beside this checkout; the installed package's declarations are compared above`, () => {
        // The package in development has to be the version that the provider stands in for, or the comparison says nothing.
        const { version } = require(`@pulumi/${provider.name}/package.json`) as { version: string };
        assert.equal(version, provider.version);
      });
      continue;
    }

    it(`${provider.name} has every published resource, and every function but those that we leave out`, () => {
      assert.deepEqual(sorted(Object.keys(provider.resources)), sorted(Object.keys(schema.resources)));
      const leftOut = ["pulumi:providers:tls/terraformConfig", "tls:index/getCertificate:getCertificate"];
      const functions = Object.keys(schema.functions).filter((token) => !leftOut.includes(token));
      assert.deepEqual(sorted(Object.keys(provider.functions)), sorted(functions));
    });

    for (const [token, { table }] of Object.entries(provider.resources)) {
      const published = schema.resources[token];
      if (!published) continue;

      it(`${token}: names, types, what has to be given, defaults and secret marks`, () => {
        compare(table.inputs, published.inputProperties, published.requiredInputs);
        const filledIn = Object.fromEntries(
          (table.filledIn ?? []).map((name) => [name, { ...table.inputs[name], required: true }]),
        );
        compare(
          { ...table.inputs, ...table.outputs, ...filledIn } as PropertyTable,
          published.properties,
          published.required,
        );
      });

      it(`${token}: which changes replace it`, () => {
        const replacing = namesWhere(table.inputs, ({ replaces }) => replaces ?? false);
        const inputs = Object.keys(published.inputProperties);
        const said = inputs.filter((name) => published.inputProperties[name]?.replaceOnChanges);
        if (token === "command:remote:CopyFile") {
          // Published without an update, which the schema does not show: whatever changes, it is replaced.
          assert.deepEqual(replacing, sorted(inputs));
        } else if (provider === tlsProvider) {
          // Bridged from Terraform, where all but one input are marked so; the schema shows none of it.
          assert.deepEqual(said, []);
          assert.deepEqual(replacing, sorted(inputs.filter((name) => name !== "earlyRenewalHours")));
        } else {
          assert.deepEqual(replacing, sorted(said));
        }
      });
    }

    for (const [token, { table }] of Object.entries(provider.functions)) {
      it(`${token}: arguments and results`, () => {
        const published = schema.functions[token];
        assert.ok(published);
        compare(table.inputs, published.inputs.properties, published.inputs.required);
        const results = published.outputs ?? published.returnType;
        compare({ ...table.inputs, ...table.outputs }, results?.properties ?? {}, results?.required);
      });
    }
  }

  const commands = publishedSchema("command");
  if (commands) {
    it("connections have the published properties, and proxies too", () => {
      const connection = objectOf(copyToRemoteTable.inputs["connection"]?.type);
      const published = commands.types["command:remote:Connection"];
      compare(connection, published?.properties ?? {}, published?.required);
      const proxy = commands.types["command:remote:ProxyConnection"];
      compare(objectOf(connection["proxy"]?.type), proxy?.properties ?? {}, proxy?.required);
    });

    it("logging has the published choices", () => {
      const published = commands.types["command:local:Logging"]?.enum?.map(({ value }) => value);
      assert.deepEqual([...loggingChoices], published);
    });
  }

  const certificates = publishedSchema("tls");
  if (certificates) {
    it("subjects have the published parts", () => {
      const published = certificates.types["tls:index/SelfSignedCertSubject:SelfSignedCertSubject"];
      compare(objectOf(selfSignedCertTable.inputs["subject"]?.type), published?.properties ?? {}, published?.required);
    });
  }
});

function compare(table: PropertyTable, published: Record<string, PublishedProperty>, required: string[] = []): void {
  assert.deepEqual(sorted(Object.keys(table)), sorted(Object.keys(published)));
  assert.deepEqual(requiredOf(table), sorted(required));
  const secrets = Object.keys(published).filter((name) => published[name]?.secret);
  assert.deepEqual(
    namesWhere(table, ({ secret }) => secret ?? false),
    sorted(secrets),
  );
  for (const [name, property] of Object.entries(table)) {
    const kind = plainKind(property.type);
    if (kind) assert.equal(published[name]?.type, kind, name);
    // The published schema says defaults of addPreviousOutputInEnv only in words.
    if (published[name]?.default !== undefined) assert.equal(property.default, published[name]?.default, name);
  }
}

function plainKind(type: PropertyType): string | undefined {
  if (type === "string" || type === "boolean" || type === "integer" || type === "number") return type;
  if (typeof type === "object" && "list" in type) return "array";
  return undefined;
}

function objectOf(type: PropertyType | undefined): PropertyTable {
  assert.ok(typeof type === "object" && "object" in type);
  return type.object;
}
