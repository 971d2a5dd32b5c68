import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { AcmeArgs } from "../../app/acme-args";
import { App } from "../../app/app";
import { answersItself } from "../../app/app-tls";
import { asksAuthorityFor } from "../../app/certificate-source";
import { PlainHttp } from "../../app/domain-settings";
import { at, Problem } from "../../app/problem";
import { Web } from "../../app/web";
import { Effect, PlannedAcme, PlannedFile, PlannedWebServer } from "../plan";
import { combinedFolder } from "./combined";

/** Directories of Let's Encrypt (letsencrypt.org/docs/acme-protocol-updates, letsencrypt.org/docs/staging-environment). */
export const letsEncrypt = {
  /** Certificates that every browser trusts. */
  production: "https://acme-v02.api.letsencrypt.org/directory",
  /** Certificates that no browser trusts, under limits that trials do not reach. */
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** An authority as a host asks it. Without words of its own it is Let's Encrypt, by an account without an address. */
export const plannedAcme = ({ directory, email }: AcmeArgs = {}): PlannedAcme => ({
  directory: directory ?? letsEncrypt.production,
  email: email ?? null,
});

/** Debian packages of a host that gets certificates by itself. */
export const acmePackages: readonly string[] = ["certbot"];

/** The timer of Debian's certbot: twice a day it renews what has less than a third of its time left. */
export const renewalTimer = "certbot.timer";

/**
 * What certbot runs after each renewal.
 *
 * @param server what has the certificates, where that is not nginx; null where there is no web server
 * @param restarts by domain, the services that restart with another certificate
 */
export function deployHook(
  server?: PlannedWebServer | null,
  restarts: Readonly<Record<string, readonly string[]>> = {},
): PlannedFile {
  const text = readFileSync(join(__dirname, "deploy-certificate.py"), "utf8");
  return {
    path: "/etc/letsencrypt/renewal-hooks/deploy/landfall",
    content: withSaid(
      [...saidOf(server), ...(Object.keys(restarts).length ? [["RESTARTS", restarts]] : [])] as Said[],
      text,
    ),
    mode: "0755",
    owner: "root",
    group: "root",
    change: { effect: Effect.None, units: [] },
  };
}

/** A name of the hook, and its value. */
type Said = [name: string, value: unknown];

/** What is said in the hook in place of nginx. */
function saidOf(server: PlannedWebServer | null | undefined): Said[] {
  if (server === undefined) return [];
  if (server === null)
    return [
      ["UNIT", ""],
      ["CHECK", ["true"]],
    ];
  const { unit, folder, main, check, certificateOwner } = server;
  return [
    ["UNIT", unit],
    ["CHECK", check.length ? [...check, folder + main] : ["true"]],
    ...(certificateOwner === undefined
      ? []
      : ([
          ["COMBINED", combinedFolder],
          ["COMBINED_OWNER", certificateOwner],
        ] as Said[])),
  ];
}

/** The hook with values of its own. JSON's texts, lists and objects of them are Python's as well. */
function withSaid(said: readonly Said[], text: string): string {
  return said.reduce((all, [name, value]) => {
    const line = new RegExp(`^${name} = .*$`, "m");
    if (!line.test(all)) throw new Error(`the deploy hook has no ${name}`);
    return all.replace(line, () => `${name} = ${JSON.stringify(value)}`);
  }, text);
}

/** Ends of names that are nobody's on the internet (RFC 6761, RFC 6762, ICANN's resolution on `.internal`). */
const privateEndings = ["localhost", "local", "internal", "test", "invalid", "example", "home.arpa"];

/**
 * What is wrong with a certificate authority, and with names that it cannot sign. The names are looked at for Let's
 * Encrypt only: an authority of one's own may sign any.
 */
export function acmeProblems(
  acme: PlannedAcme,
  apps: readonly App[],
  web: Web = {},
  path = "certificates.acme",
): Problem[] {
  const { directory, email } = acme;
  const problems: Problem[] = [];
  if (!isHttpsUrl(directory))
    problems.push({
      path: at(path, "directory"),
      value: directory,
      reason: "is not an https address",
      fix: `give the address of the authority's directory, e.g. ${letsEncrypt.production}`,
    });
  if (email !== null && !/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/.test(email))
    problems.push({
      path: at(path, "email"),
      value: email,
      reason: "is not an e-mail address",
      fix: "give one address, or null for an account without",
    });
  if (!Object.values<string>(letsEncrypt).includes(directory)) return problems;
  const refusePrivate = (name: string, where: string): void => {
    if (!privateEndings.some((ending) => name === ending || name.endsWith(`.${ending}`))) return;
    problems.push({
      path: where,
      value: name,
      reason: "is a private name, which Let's Encrypt does not sign",
      fix: "use a name of a zone that you own",
    });
  };
  apps.forEach((app, index) =>
    app.routes?.forEach(({ domain }, position) => {
      if (asksFor(domain, web)) refusePrivate(domain, `apps[${index}].routes[${position}].domain`);
    }),
  );
  apps.forEach((app, index) => {
    if (app.tls && answersItself(app) && asksFor(app.tls.domain, web))
      refusePrivate(app.tls.domain, `apps[${index}].tls.domain`);
  });
  web.domains?.forEach((settings, index) => {
    if (!asksFor(settings.domain, web)) return;
    for (const key of ["aliases", "redirects"] as const)
      settings[key]?.forEach((name, place) => refusePrivate(name, `web.domains[${index}].${key}[${place}]`));
  });
  return problems;
}

/** Whether the authority is asked for the certificate of a domain. */
function asksFor(domain: string, web: Web): boolean {
  const { http } = web.domains?.find((settings) => settings.domain === domain) ?? {};
  return asksAuthorityFor(domain, web) && http !== PlainHttp.Only;
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:" && !/\s/.test(text);
}
