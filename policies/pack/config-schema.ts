import type { PolicyConfigSchema } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { Level } from "../finding";
import { Rule } from "../rule";
import { shortestReason } from "../waivers/waiver";

const text: PolicyConfigJSONSchema = { type: "string" };
const texts: PolicyConfigJSONSchema = { type: "array", items: text };

const object = (
  properties: Record<string, PolicyConfigJSONSchema>,
  required: string[] = [],
): PolicyConfigJSONSchema => ({ type: "object", properties, required, additionalProperties: false });

/** The shape of the pack's configuration, which the engine checks before the deployment: settings and waivers. */
export function configSchema(rules: readonly Rule[]): PolicyConfigSchema {
  const level: PolicyConfigJSONSchema = { type: "string", enum: Object.values(Level) };
  return {
    properties: {
      levels: {
        ...object(Object.fromEntries(rules.map(({ id }) => [id, level]))),
        description: "What failing does, by rule",
      },
      hosts: {
        type: "array",
        description: "What is declared about hosts",
        items: object({
          host: text,
          domains: texts,
          routes: { type: "array", items: object({ domain: text, path: text, service: text }, ["domain"]) },
          publicPorts: texts,
          appPorts: { type: "array", items: { type: "integer", minimum: 1, maximum: 65_535 } },
          outbound: { type: "array", items: object({ port: text, peer: text }, ["port"]) },
          services: texts,
          directories: { type: "object", additionalProperties: text },
        }),
      },
      elsewhere: { ...texts, description: "Domains whose DNS is kept elsewhere" },
      upstreams: { ...texts, description: "Hosts beside its own that a web server may hand requests to" },
      attested: {
        type: "array",
        description: "Items of the checklist that people have decided",
        items: object({ item: text, by: text, on: text }, ["item", "by", "on"]),
      },
      waivers: {
        type: "array",
        description: "Findings that may stay, for a while",
        items: object(
          {
            finding: text,
            resource: text,
            reason: { ...text, minLength: shortestReason },
            owner: text,
            expires: { ...text, pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
          },
          ["finding", "resource", "reason", "owner", "expires"],
        ),
      },
    },
  };
}
