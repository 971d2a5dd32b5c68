import * as fs from "node:fs";

import type { AccountSettings } from "./account";

/** Names the JSON file that says what the simulated account holds. */
const variable = "LANDFALL_SIMULATION";

/**
 * What the file that the environment names says about the account; nothing where none is named.
 * @throws when it cannot be read, or says what nobody understands: all of it at once
 */
export function accountSettings(env: NodeJS.ProcessEnv): AccountSettings {
  const file = env[variable];
  if (!file) return {};
  let settings: unknown;
  try {
    settings = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${variable}  ${JSON.stringify(file)} cannot be read as JSON: ${(error as Error).message}`);
  }
  const faults = faultsOf(settings);
  if (faults.length > 0) throw new Error(`${variable}  ${JSON.stringify(file)}: ${faults.join("; ")}`);
  return settings as AccountSettings;
}

const domain = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/;

const rules: Readonly<Record<keyof AccountSettings, (value: unknown) => string | undefined>> = {
  accountId: (value) =>
    typeof value === "string" && /^\d{12}$/.test(value) ? undefined : "has to be a text of 12 digits",
  zones: domainsFault,
  privateZones: domainsFault,
};

function faultsOf(settings: unknown): string[] {
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) return ["has to be an object"];
  return Object.entries(settings).flatMap(([name, value]) => {
    const known = Object.keys(rules).join(", ");
    const fault = name in rules ? rules[name as keyof AccountSettings](value) : `is not known; known are ${known}`;
    return fault === undefined ? [] : [`${name} ${fault}`];
  });
}

function domainsFault(value: unknown): string | undefined {
  const isDomain = (item: unknown): boolean => typeof item === "string" && domain.test(item);
  return Array.isArray(value) && value.every(isDomain)
    ? undefined
    : 'has to be a list of domains in lower case without a dot at the end, e.g. ["example.com"]';
}
