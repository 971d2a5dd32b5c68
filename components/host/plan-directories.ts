import { App } from "../app/app";
import { appFolder, appUser, dataFolder, installRoot, redisDataFolder } from "../app/paths";
import { servedData } from "../app/served-data";
import { PlannedDirectory } from "./plan";
import { webUser } from "./systemd/socket";
import { acmeFolder } from "./tls/challenge";

/** The folders of a host that are its own, and those of its apps. */
export function planDirectories(apps: readonly App[]): PlannedDirectory[] {
  const root = { owner: "root", group: "root" };
  return [
    { path: installRoot, mode: "0755", ...root },
    { path: "/etc/landfall", mode: "0755", ...root },
    { path: "/etc/landfall/secrets", mode: "0700", ...root },
    { path: "/etc/landfall/tls", mode: "0755", ...root },
    { path: "/var/lib/landfall", mode: "0755", ...root },
    { path: acmeFolder, mode: "0755", ...root },
    { path: "/var/lib/landfall/data", mode: "0755", ...root },
    ...apps.flatMap((app) => {
      const own = { mode: "0700", owner: appUser(app.name), group: appUser(app.name) };
      // The web server goes through the folder of all data without seeing what is in it; new files take the group of theirs.
      const web = { owner: appUser(app.name), group: webUser };
      const served = servedData(app);
      return [
        { path: appFolder(app.name), mode: "0755", ...root },
        ...(app.process
          ? [
              { path: dataFolder(app.name), ...(served.length ? { mode: "0710", ...web } : own) },
              ...(app.redis ? [{ path: redisDataFolder(app.name), ...own }] : []),
              ...[...(app.data ?? []), ...(app.sharedData ?? [])].map((folder) => ({
                path: `${dataFolder(app.name)}/${folder}`,
                ...(served.includes(folder) ? { mode: "2750", ...web } : own),
              })),
            ]
          : []),
      ];
    }),
  ];
}
