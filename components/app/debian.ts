import { App } from "./app";
import { at, Problem } from "./problem";

/** The Debian releases that hosts can run, newest first. */
export const debianReleases: readonly number[] = [13, 12];

/** The releases an app can run on, newest first. */
export const debianOf = (app: App): readonly number[] =>
  debianReleases.filter((release) => (app.debian ?? debianReleases).includes(release));

/** The Debian release of a host, or why there is none. */
export interface DebianChoice {
  /** The newest release that all apps can run on, or the one asked for; null when there is none. */
  debian: number | null;
  /** Empty when there is a release. */
  problems: Problem[];
}

/**
 * Chooses the Debian release of the host that the apps share.
 *
 * @param asked the release that the host's owner asks for. @default the newest one that all apps can run on
 */
export function chooseDebian(apps: readonly App[], asked?: number): DebianChoice {
  const problems = asked === undefined ? conflicts(apps) : cannotRunOn(apps, asked);
  if (problems.length > 0) return { debian: null, problems };
  const shared = debianReleases.find((release) => apps.every((app) => debianOf(app).includes(release)));
  return { debian: asked ?? shared ?? null, problems: [] };
}

function cannotRunOn(apps: readonly App[], asked: number): Problem[] {
  if (!debianReleases.includes(asked)) {
    return [
      {
        path: "debian",
        value: asked,
        reason: "is not a release that hosts can run",
        fix: `use ${either(debianReleases)}`,
      },
    ];
  }
  return apps
    .filter((app) => !debianOf(app).includes(asked))
    .map((app) => ({
      path: "debian",
      value: asked,
      reason: `is a release that app '${app.name}' cannot run on`,
      fix: `use ${either(debianOf(app))}, or put that app on a host of its own`,
    }));
}

/** Each app that cannot run on any release that is left by the apps before it. */
function conflicts(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  let left = debianReleases;
  let narrowedBy: App | undefined;
  apps.forEach((app, index) => {
    const releases = debianOf(app);
    if (releases.length === 0) return; // said by the check of the app itself
    const both = left.filter((release) => releases.includes(release));
    if (both.length === 0) {
      problems.push({
        path: at(at("apps", index), "debian"),
        value: app.debian,
        reason: `of app '${app.name}' has no release in common with ${either(left)} of app '${narrowedBy!.name}'`,
        fix: "put one of the two on a host of its own",
      });
      return;
    }
    if (both.length < left.length) [left, narrowedBy] = [both, app];
  });
  return problems;
}

const either = (releases: readonly number[]): string => releases.map((release) => `Debian ${release}`).join(" or ");
