import { App } from "../app";
import { Secret } from "../secret";
import { redisDataName } from "../paths";
import { redisSecret, redisVariable } from "../redis";
import { Report } from "./report";
import { checkDistinct, checkRange, checkRelativePath, unwritable } from "./text";

/** Variables that systemd sets for the app; another value would take the app's socket or credentials away. */
const systemdOwned = [
  "CREDENTIALS_DIRECTORY",
  "INVOCATION_ID",
  "LISTEN_FDNAMES",
  "LISTEN_FDS",
  "LISTEN_PID",
  "MAINPID",
  "NOTIFY_SOCKET",
  "WATCHDOG_PID",
  "WATCHDOG_USEC",
];

/** Linux's limit for one string of a program's environment (MAX_ARG_STRLEN, 32 pages of 4 KiB). */
const longestVariable = 131072;

/** Checks the app's environment variables, secrets and data folders. */
export function checkEnvironment(app: App, report: Report): void {
  const taken = new Map<string, string>();
  for (const [name, value] of Object.entries(app.environment ?? {})) {
    checkVariable(name, value, report.in("environment", name));
    taken.set(name, "environment");
  }
  (app.secrets ?? []).forEach((secret, index) => checkSecret(secret, index, taken, report.in("secrets", index)));
  checkSecretNames(app.secrets ?? [], report.in("secrets"));
  checkData(app.data ?? [], report.in("data"));
  checkData(app.sharedData ?? [], report.in("sharedData"));
  checkShared(app, report.in("sharedData"));
  checkRedis(app, taken, report);
}

function checkVariable(name: string, value: string, report: Report): void {
  checkVariableName(name, report);
  // The value is not shown: it may be a secret that is in the wrong place.
  const reason = unwritable(value);
  if (reason !== undefined) report.refuseUnseen(reason, "put such a value into a file of the source or a secret");
  if (Buffer.byteLength(`${name}=${value}`) >= longestVariable)
    report.refuseUnseen(
      `is longer than the ${longestVariable} bytes that Linux takes`,
      "put it into a file of the source",
    );
}

function checkVariableName(name: string, report: Report): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    report.refuse(name, "is not the name of a variable", "use letters, digits and underscores, no digit first");
  else if (systemdOwned.includes(name)) report.refuse(name, "is set by systemd", "use another name");
}

function checkSecret(secret: Secret, index: number, taken: Map<string, string>, report: Report): void {
  if (secret.name !== undefined && !/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(secret.name))
    report
      .in("name")
      .refuse(secret.name, "is not the name of a secret", "use lower case letters, digits and inner hyphens");
  if (secret.environment === undefined) return;
  const variable = report.in("environment");
  checkVariableName(secret.environment, variable);
  const owner = taken.get(secret.environment);
  if (owner !== undefined) variable.refuse(secret.environment, `is already set by ${owner}`, "use another variable");
  else taken.set(secret.environment, `secrets[${index}]`);
}

function checkSecretNames(secrets: readonly Secret[], report: Report): void {
  const seen = new Set<string>();
  secrets.forEach((secret, index) => {
    if (seen.has(secret.name)) report.in(index, "name").refuse(secret.name, "is there twice", "leave one out");
    seen.add(secret.name);
  });
}

function checkData(folders: readonly string[], report: Report): void {
  folders.forEach((folder, index) => checkRelativePath(folder, "the app's data folder", report.in(index)));
  checkDistinct(folders, report);
}

/** A shared folder stands by itself: what is inside it is shared with it, and what holds it is not. */
function checkShared({ data = [], sharedData = [] }: App, report: Report): void {
  sharedData.forEach((folder, index) => {
    const place = report.in(index);
    const others = sharedData.filter((_, at) => at !== index);
    const holder = others.find((other) => folder.startsWith(`${other}/`));
    if (holder !== undefined) place.refuse(folder, `lies in "${holder}", which is shared as a whole`, "leave it out");
    const own = data.find(
      (other) => folder === other || folder.startsWith(`${other}/`) || other.startsWith(`${folder}/`),
    );
    if (own !== undefined)
      place.refuse(folder, `and "${own}" of data lie in each other`, "name folders that stand side by side");
  });
}

/** Its memory: less than 8 MiB has no room for a client's buffers, and a machine with more than 64 GiB is none of ours. */
const redisMemoryMiB = [8, 65_536] as const;

function checkRedis(app: App, taken: ReadonlyMap<string, string>, report: Report): void {
  if (!app.redis) return;
  const place = report.in("redis");
  const name = redisVariable(app.redis);
  const variable = place.in("environment");
  checkVariableName(name, variable);
  const owner = taken.get(name);
  if (owner !== undefined) variable.refuse(name, `is already set by ${owner}`, "use another variable");
  checkRange(app.redis.memoryMiB, redisMemoryMiB, place.in("memoryMiB"));
  (app.secrets ?? []).forEach((secret, index) => {
    if (secret.name === redisSecret)
      report
        .in("secrets", index, "name")
        .refuse(secret.name, "names what carries the address of the app's Redis", "use another name");
  });
  for (const key of ["data", "sharedData"] as const)
    (app[key] ?? []).forEach((folder, index) => {
      if (folder.split("/")[0] === redisDataName)
        report.in(key, index).refuse(folder, "is where the app's Redis keeps what it keeps", "use another name");
    });
}
