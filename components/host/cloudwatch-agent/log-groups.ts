import { App } from "../../app/app";

/** Keys of nginx's logs; no app's name has a slash. */
export const nginxAccess = "nginx/access";
export const nginxError = "nginx/error";

/** Names of the log groups of a host, by what is written there: an app's name, or one of nginx's logs. */
export function logGroups(name: string, apps: readonly App[]): Record<string, string> {
  const keys = [
    ...(apps.some((app) => app.routes?.length) ? [nginxAccess, nginxError] : []),
    ...apps.filter((app) => app.process).map((app) => app.name),
  ];
  return Object.fromEntries(keys.map((key) => [key, `${name}/${key}`]));
}
