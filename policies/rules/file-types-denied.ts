import { keptBackTypes } from "../../components/host/file-rules";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { appServices } from "../hosts/services";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { NginxView, ServerView } from "../reader/nginx/nginx-view";
import { lastSetting } from "../reader/systemd/settings";
import { Draft, Rule } from "../rule";
import { contentScopes, publicServers } from "../web/content-scopes";
import { scopeText } from "../web/scope-text";
import { ServedNames, servedNames } from "../web/served-names";
import { fail, pass, placed, unknown } from "./drafts";

/** What tools, editors and people leave in folders, and never mean to publish. */
const hidden = [".git/config", ".svn/entries", ".env", ".htpasswd", ".ssh/id_ed25519"];

/** One name of each type that Gramex's guide keeps back. */
const typed = keptBackTypes.map((type) => `app.${type}`);

/** What is in a folder is on the web as soon as the folder is. */
export const fileTypesDenied: Rule<WebHost> = {
  id: "file-types-denied",
  item: "files-disallowed",
  title: "nginx answers with no hidden files, and with no code, settings or data out of an app's own folder",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each location that looks for files is asked for hidden ones (.git, .env, .htpasswd), as nginx would choose it; " +
    ".well-known is meant to be found. Where the folder is one that a service runs in, or holds such a one, it is asked for " +
    `code, settings and data, too: ${keptBackTypes.join(", ")}. Refuse them by a location or an if, or serve a folder of its own.`,
  targets: webHosts,
  check({ host, nginx }) {
    return publicServers(nginx).flatMap((server) => checkServer(host, nginx, server));
  },
};

function checkServer(host: Host, nginx: NginxView, server: ServerView): Draft[] {
  const code = codeFolders(host);
  // Answers to challenges are of no app, and in a folder that holds nothing else.
  const content = contentScopes(server);
  const found = servedNames(nginx, server, [...hidden, ...typed]).filter(({ scope }) => content.includes(scope));
  return found.map((served) => {
    const isCode = code.some((folder) => served.folder !== null && isWithin(folder, served.folder));
    return checkServed(served, (name) => hidden.includes(name) || isCode);
  });
}

function checkServed({ scope, names, unknown: open, folder }: ServedNames, counts: (name: string) => boolean): Draft {
  const name = scopeText(scope);
  const details = { about: name, place: placed(scope.place) };
  const found = names.filter(counts);
  if (found.length > 0)
    return fail(
      `${name} answers with ${found.join(", ")}${folder === null ? "" : ` where they are in ${folder}`}`,
      "refuse them, or serve a folder that has none",
      details,
    );
  const untried = open.filter(counts);
  if (untried.length > 0)
    return unknown(
      `an expression decides about ${untried.join(", ")} that cannot be tried here`,
      "ask for them",
      details,
    );
  return pass(`${name} keeps back what is not to be published`, details);
}

/** The folders that services run in. */
function codeFolders(host: Host): string[] {
  return [
    ...Object.values(host.contract.directories ?? {}),
    ...appServices(host).flatMap(({ unit }) => lastSetting(unit, "Service", "WorkingDirectory")?.value ?? []),
  ].map((folder) => folder.replace(/(.)\/+$/, "$1"));
}

const isWithin = (folder: string, other: string): boolean => folder === other || folder.startsWith(`${other}/`);
