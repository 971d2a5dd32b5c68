import { App } from "../app/app";

/** Debian packages that Landfall itself needs on a host, beside those the apps name. */
export function planPackages(apps: readonly App[], further: readonly string[]): string[] {
  const packages = new Set(["ca-certificates", ...further]);
  for (const app of apps) {
    if (app.python ?? app.source.package) packages.add("python3-venv");
    if (app.source.git) packages.add("git");
    app.packages?.forEach((name) => packages.add(name));
  }
  return [...packages].sort();
}
