import { App } from "../../app/app";
import { nginxLogs } from "../logs/rotation";

/** Keys of the logs of a web server, by the name that it has in `RotatedLogs`; no app's name has a slash. */
export const accessKey = (server: string): string => `${server}/access`;
export const errorKey = (server: string): string => `${server}/error`;

/**
 * Names of the log groups of a host, by what is written there: an app's name, or one of the web server's logs.
 *
 * @param server the web server's name
 */
export function logGroups(name: string, apps: readonly App[], server = nginxLogs.name): Record<string, string> {
  const keys = [
    ...(apps.some((app) => app.routes?.length) ? [accessKey(server), errorKey(server)] : []),
    ...apps.filter((app) => app.process).map((app) => app.name),
  ];
  return Object.fromEntries(keys.map((key) => [key, `${name}/${key}`]));
}
