/** One setting of stunnel's, e.g. `accept = :::443`. */
export type StunnelSetting = readonly [key: string, value: string | number];

/** What is said once, or of one service where it has a name. */
export interface StunnelSection {
  /** Name of the service; the first section has none. */
  readonly service?: string;
  readonly settings: readonly StunnelSetting[];
}

/** The text of sections, as stunnel reads it (stunnel(8), "CONFIGURATION FILE"). */
export function renderStunnel(sections: readonly StunnelSection[]): string {
  return sections
    .map(({ service, settings }) => {
      if (service !== undefined && !/^[a-z0-9][a-z0-9.-]*$/.test(service))
        throw new Error(`${JSON.stringify(service)} cannot name a service of stunnel`);
      const lines = settings.map(([key, value]) => `${stunnelKey(key)} = ${stunnelValue(value)}\n`);
      return `${service === undefined ? "" : `[${service}]\n`}${lines.join("")}`;
    })
    .join("\n");
}

function stunnelKey(key: string): string {
  if (!/^[A-Za-z]+$/.test(key)) throw new Error(`${JSON.stringify(key)} is no setting of stunnel`);
  return key;
}

/** A value goes to the end of its line; stunnel has no quotes, and takes spaces around it away. */
export function stunnelValue(value: string | number): string {
  const text = String(value);
  if (/[\p{Cc}\p{Surrogate}]/u.test(text) || text !== text.trim())
    throw new Error(`stunnel cannot carry ${JSON.stringify(text)}; take control characters and outer spaces out`);
  return text;
}
