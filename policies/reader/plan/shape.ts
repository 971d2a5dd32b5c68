import { HostPlan, PlannedInstance, PlannedWebHealth } from "../../../components/host/plan";

/** What a value of a plan has to be: a text, a number, and so on, or null where that is allowed. */
type Shape =
  | "text"
  | "number"
  | "boolean"
  | { readonly list: Shape }
  | { readonly orNull: Shape }
  /** A property that may be left out. */
  | { readonly optional: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/** The shape of `T`: the compiler sees to it that no property is forgotten. */
const object = <T>(fields: { readonly [K in keyof T]-?: Shape }): Shape => ({ fields });
const list = (of: Shape): Shape => ({ list: of });
const orNull = (of: Shape): Shape => ({ orNull: of });
const optional = (of: Shape): Shape => ({ optional: of });

type Item<K extends keyof HostPlan> = Required<HostPlan>[K] extends readonly (infer T)[] ? T : never;

const webServer = object<Required<HostPlan>["web"]>({
  unit: "text",
  folder: "text",
  main: "text",
  check: list("text"),
  certificateOwner: optional("text"),
  challengePort: optional("number"),
});

const plan = object<HostPlan>({
  format: "number",
  debian: "number",
  packages: list("text"),
  users: list(object<Item<"users">>({ name: "text", home: "text", uid: optional("number") })),
  directories: list(object<Item<"directories">>({ path: "text", mode: "text", owner: "text", group: "text" })),
  files: list(
    object<Item<"files">>({
      path: "text",
      content: "text",
      mode: "text",
      owner: "text",
      group: "text",
      change: { fields: { effect: "text", units: list("text") } },
    }),
  ),
  releases: list(
    object<Item<"releases">>({
      app: "text",
      digest: "text",
      source: {
        fields: {
          archive: orNull("text"),
          git: orNull({ fields: { url: "text", ref: "text", directory: "text" } }),
        },
      },
      python: orNull({
        fields: {
          packages: list("text"),
          requirements: orNull("text"),
          buildPackages: list("text"),
          key: orNull("text"),
        },
      }),
    }),
  ),
  secrets: list(
    object<Item<"secrets">>({
      app: "text",
      name: "text",
      path: "text",
      parameter: "text",
      generate: "boolean",
      unit: optional("text"),
    }),
  ),
  certificates: list(
    object<Item<"certificates">>({
      domain: "text",
      names: optional(list("text")),
      folder: "text",
      parameter: orNull("text"),
      selfSigned: optional("boolean"),
      restarts: optional(list("text")),
      combined: optional("text"),
    }),
  ),
  acme: optional(object<Required<HostPlan>["acme"]>({ directory: "text", email: orNull("text") })),
  web: optional(webServer),
  front: optional(webServer),
  proofs: optional(
    list(object<Item<"proofs">>({ header: "text", path: "text", line: optional("text"), parameter: "text" })),
  ),
  tunnel: optional(
    object<Required<HostPlan>["tunnel"]>({
      path: "text",
      parameter: "text",
      accept: "number",
      port: "number",
      units: list("text"),
    }),
  ),
  downloads: optional(
    list(
      object<Item<"downloads">>({
        package: "text",
        version: "text",
        url: "text",
        sha256: "text",
        unit: orNull("text"),
      }),
    ),
  ),
  apps: list(
    object<Item<"apps">>({
      name: "text",
      service: orNull("text"),
      socket: orNull("text"),
      further: optional(list(object<PlannedInstance>({ service: "text", socket: "text" }))),
    }),
  ),
  units: list(object<Item<"units">>({ name: "text", app: orNull("text") })),
  health: list(
    object<Item<"health">>({
      app: "text",
      web: orNull(
        object<PlannedWebHealth>({
          host: "text",
          path: "text",
          status: "number",
          port: optional("number"),
          scheme: optional("text"),
        }),
      ),
      port: orNull("number"),
      contains: orNull("text"),
      startSeconds: "number",
    }),
  ),
});

/** A place in JSON where something else stands than a plan has there, and what that would be. */
export interface Misfit {
  /** e.g. `files[3].path`. */
  readonly path: string;
  readonly expected: string;
}

/** Where a value is not what a host plan is. Properties that this version does not know are no misfits. */
export function misfits(value: unknown): Misfit[] {
  const found: Misfit[] = [];
  compare(plan, value, "", found);
  return found;
}

/** As many as help; a value of quite another kind would have thousands. */
const mostMisfits = 20;

function compare(shape: Shape, value: unknown, path: string, found: Misfit[]): void {
  if (found.length >= mostMisfits) return;
  if (typeof shape === "string") {
    const type = shape === "text" ? "string" : shape;
    if (typeof value !== type) found.push({ path, expected: `a ${shape}` });
  } else if ("orNull" in shape) {
    if (value !== null) compare(shape.orNull, value, path, found);
  } else if ("optional" in shape) {
    if (value !== undefined) compare(shape.optional, value, path, found);
  } else if ("list" in shape) {
    if (!Array.isArray(value)) found.push({ path, expected: "a list" });
    else value.forEach((item: unknown, index) => compare(shape.list, item, `${path}[${index}]`, found));
  } else if (typeof value !== "object" || value === null || Array.isArray(value)) {
    found.push({ path, expected: "an object" });
  } else {
    for (const [key, inner] of Object.entries(shape.fields)) {
      const member: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      compare(inner, member, path === "" ? key : `${path}.${key}`, found);
    }
  }
}
