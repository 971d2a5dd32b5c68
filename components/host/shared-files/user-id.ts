import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { sha256 } from "../digest";

/**
 * Ids of users whose files many machines share. `adduser` gives none above 65,535 (Debian Policy, "UID and GID classes"), systemd
 * none below 524,288 that are above ("Users, Groups, UIDs and GIDs on systemd Systems"), and subordinate ids begin at 100,000
 * (login.defs(5), SUB_UID_MIN).
 */
export const sharedUserIds = { first: 70_000, count: 30_000 } as const;

/** Whether an app shares files with other machines. */
export const sharesFiles = ({ process, sharedData }: App): boolean => process !== undefined && !!sharedData?.length;

/** The id of an app's user, and of its group: the same on every machine, because it follows from the name alone. */
export function sharedUserId(app: string): number {
  return sharedUserIds.first + (Number.parseInt(sha256(app).slice(0, 8), 16) % sharedUserIds.count);
}

/** What is wrong with apps whose users would have the same id. */
export function userIdProblems(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<number, string>();
  apps.forEach((app, index) => {
    if (!sharesFiles(app)) return;
    const id = sharedUserId(app.name);
    const owner = owners.get(id);
    if (owner === undefined) owners.set(id, app.name);
    else if (owner !== app.name)
      new Report("apps", problems)
        .in(index, "name")
        .refuse(app.name, `gives its files to user ${id}, and so does "${owner}"`, "give one of them another name");
  });
  return problems;
}
