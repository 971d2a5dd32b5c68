import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, ScalarTag } from "yaml";

import { Graph, graphOf, Resource } from "../../../policies/graph/graph";
import { Secret, UNKNOWN, Value } from "../../../policies/graph/value";
import { readNginx } from "../../../policies/reader/read-nginx";
import { readPlan } from "../../../policies/reader/read-plan";
import { readSettings, Settings } from "../../../policies/settings";

/** What a fixture is there to show. */
export const kinds = ["fail", "pass", "unknown", "false-positive"] as const;
export type Kind = (typeof kinds)[number];

/** A finding as fixtures give it; what is left out is not compared. */
export interface ExpectedFinding {
  readonly key: string;
  readonly status: string;
  /** Name of the resource, or of the file. */
  readonly resource?: string;
  /** `file:line`. */
  readonly place?: string;
  readonly item?: string;
  /** The whole message. */
  readonly message?: string;
}

/** A deployment, and what one rule says about it. */
export interface Fixture {
  readonly title: string;
  readonly kind: Kind;
  /** Of a known false positive: the tool and its check that fail here. */
  readonly tool?: string;
  readonly graph: Graph;
  readonly settings: Settings;
  readonly findings: readonly ExpectedFinding[];
}

/** A resource as fixtures write it. */
interface WrittenResource {
  readonly type: string;
  readonly name: string;
  readonly properties?: Record<string, Value>;
  /** Names of the resources that each property is made from. */
  readonly from?: Record<string, string[]>;
  /** Properties that the program did not give: the provider reports them. */
  readonly reported?: Record<string, Value>;
  readonly parent?: string;
}

interface WrittenFixture {
  readonly title: string;
  readonly tool?: string;
  readonly settings?: unknown;
  readonly resources?: WrittenResource[];
  /** User data of an instance `web`, for what is about the host only. */
  readonly userData?: string;
  /** Files of a folder with nginx's configuration, by their names. */
  readonly nginx?: Record<string, string>;
  readonly plan?: unknown;
  readonly findings: ExpectedFinding[];
}

const unknownTag: ScalarTag = { tag: "!unknown", resolve: () => UNKNOWN };
const secretTag: ScalarTag = { tag: "!secret", resolve: (text) => new Secret(text) };

/** Reads a fixture; `!unknown` and `!secret text` stand for such values. */
export function readFixture(file: string): Fixture {
  const written = parse(readFileSync(file, "utf8"), { customTags: [unknownTag, secretTag] }) as WrittenFixture;
  const { settings, problems } = readSettings(written.settings);
  if (problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems)}`);
  const kind = kinds.find((one) => basename(file).startsWith(one));
  if (!kind) throw new Error(`${file}: its name begins with none of ${kinds.join(", ")}`);
  const web = { type: "aws:ec2/instance:Instance", name: "web" };
  const resources = [
    ...(written.resources ?? []),
    ...(written.userData === undefined ? [] : [{ ...web, properties: { userData: written.userData } }]),
  ];
  const views = [
    ...(written.nginx ? [readNginx(filesOf(written.nginx), "nginx")] : []),
    ...(written.plan === undefined ? [] : [readPlan(JSON.stringify(written.plan), "plan")]),
  ];
  return {
    ...written,
    kind,
    settings,
    graph: graphOf(
      resources.map((one) => resourceOf(one, resources)),
      views,
    ),
  };
}

const filesOf = (files: Record<string, string>) => Object.entries(files).map(([path, content]) => ({ path, content }));

function resourceOf(
  { type, name, properties, reported, from, parent }: WrittenResource,
  all: readonly WrittenResource[],
): Resource {
  const urn = (other: string): string => {
    const found = all.find((one) => one.name === other);
    if (!found) throw new Error(`there is no resource ${other}`);
    return urnOf(found);
  };
  const made = Object.entries(from ?? {}).map(([property, names]) => [property, names.map(urn)] as const);
  return {
    urn: urnOf({ type, name }),
    type,
    name,
    properties: { ...reported, ...properties },
    dependencies: [...new Set(made.flatMap(([, urns]) => urns))],
    propertyDependencies: {
      ...Object.fromEntries(Object.keys(properties ?? {}).map((property) => [property, []])),
      ...Object.fromEntries(made),
    },
    parent: parent === undefined ? null : urn(parent),
  };
}

const urnOf = ({ type, name }: Pick<WrittenResource, "type" | "name">): string =>
  `urn:pulumi:dev::site::${type}::${name}`;

/** A finding's resource as fixtures name it. */
export const resourceName = (resource: string | null): string | undefined => resource?.split("::").at(-1);
