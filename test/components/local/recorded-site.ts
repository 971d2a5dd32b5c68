import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LocalSite, LocalSiteArgs } from "../../../components/local/local-site";

/** A resource as an engine is told of it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What an engine is told of a site, and what the site says when all is made. */
export interface RecordedSite {
  resources: Registered[];
  site: LocalSite;
}

const secretMark = "4dabf18193072939515e22adb298388d";
const commandType = "command:local:Command";

/**
 * Makes a site with an engine that makes nothing, and records what the engine is told.
 *
 * @param key what every private key is. @default none that could be one
 */
export async function recordSite(args: LocalSiteArgs, key?: string): Promise<RecordedSite> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        resources.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: { ...(inputs as object), ...made(type, name, key) } };
      },
      call: () => ({}),
    },
    "demo",
    "test",
  );
  const site = new LocalSite("web", args);
  // Resolved once everything that it stands on was registered.
  await new Promise((resolve) => pulumi.all([site.sites, site.machine, site.authorityPem]).apply(resolve));
  return { resources, site };
}

/** What providers would fill in. */
function made(type: string, name: string, key = `key of ${name}`): object {
  if (type === commandType) return { stdout: name.endsWith("-machine") ? '{"address":"10.77.0.2"}' : "{}" };
  if (type === "tls:index/privateKey:PrivateKey") return { privateKeyPem: key };
  return { certPem: `certificate of ${name}`, certRequestPem: `request of ${name}` };
}

/** A step of the site by its name, e.g. `web-apply`, with what it is told. */
export function step(recorded: RecordedSite, name: string): Registered & { spec: Record<string, unknown> } {
  const found = recorded.resources.find((one) => one.type === commandType && one.name === name);
  assert.ok(found, `no ${name} among ${recorded.resources.map((one) => one.name).join(", ")}`);
  const { LANDFALL_SPEC } = plain(found.inputs.environment) as Record<string, string>;
  return { ...found, spec: JSON.parse(LANDFALL_SPEC!) as Record<string, unknown> };
}

/** Whether the engine is told to keep a value secret. */
export function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && secretMark in value;
}

/** The value itself, secret or not. */
export function plain(value: unknown): unknown {
  return isSecret(value) ? (value as { value: unknown }).value : value;
}

/** What an output holds. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}
