import { tagList } from "../inputs";

/** Tags as EC2 takes them: for what is made, of which there can be several. */
export function tagged(ResourceType: string, tags: Readonly<Record<string, string>> | undefined): object[] | undefined {
  const Tags = tagList(tags);
  return Tags && [{ ResourceType, Tags }];
}

/** `httpTokens` is `HttpTokens` to EC2. */
export function capitalized(values: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(values).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(entries.map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]));
}

/** Parts of an answer, those left out for which nothing was asked. */
export function prefixed(prefix: string, parts: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [prefix + name, value]));
}
