/** Sources by directive. */
export type ContentPolicy = Partial<Record<string, string[]>>;

/**
 * What all policies of an answer say together: of a directive that several have, browsers keep to each, so the shortest list is
 * nearest to what holds. Undefined when there is none.
 */
export function readContentPolicy(headers: readonly string[]): ContentPolicy | undefined {
  const policies = headers.flatMap((header) => header.split(",")).filter((policy) => policy.trim() !== "");
  if (policies.length === 0) return undefined;
  const all: ContentPolicy = {};
  for (const directive of policies.flatMap((policy) => policy.split(";"))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    if (!name) continue;
    const before = all[name.toLowerCase()];
    if (before === undefined || sources.length < before.length) all[name.toLowerCase()] = sources;
  }
  return all;
}
