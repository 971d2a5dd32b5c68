import { App } from "../app";
import { at, Problem } from "../problem";

/** Browsers keep one Strict-Transport-Security for a name: two routes that say different ones would change it with each page. */
export function checkOneStrictTransport(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, { text: string; path: string }>();
  apps.forEach((app, index) =>
    (app.routes ?? []).forEach(({ domain, security }, position) => {
      const said = security?.strictTransport;
      if (domain === undefined || said === undefined) return;
      const { seconds, includeSubDomains = false, preload = false } = said;
      const text = JSON.stringify([seconds, includeSubDomains, preload]);
      const path = `${at(at(at("apps", index), "routes"), position)}.security.strictTransport`;
      const other = first.get(domain);
      if (other === undefined) first.set(domain, { text, path });
      else if (other.text !== text)
        problems.push({
          path,
          value: said,
          reason: `is another one for ${domain} than ${other.path}`,
          fix: "say it once for a domain",
        });
    }),
  );
  return problems;
}
