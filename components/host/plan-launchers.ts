import { App } from "../app/app";
import { launchers } from "../app/presets/launchers";
import { Effect, PlannedFile } from "./plan";
import { serviceUnits } from "./places";

/** Programs of ours that start an app, for the presets that need one. */
export function planLaunchers(apps: readonly App[]): PlannedFile[] {
  return Object.entries(launchers).flatMap(([path, content]) => {
    const users = apps.filter((app) => app.process?.command.includes(path));
    return users.length === 0
      ? []
      : [
          {
            path,
            content,
            mode: "0644",
            owner: "root",
            group: "root",
            change: { effect: Effect.Restart, units: users.flatMap(serviceUnits) },
          },
        ];
  });
}
