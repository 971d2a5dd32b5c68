import { App } from "../../app/app";
import { healthAskers, HopChain, healthPath } from "../hops";
import { healthAnswerSeconds, ownQuestion } from "../plan-health";
import { literal } from "./expression";
import { HaproxyLine, HaproxySection, line, section, setHeader } from "./tree";

const backendOf = ({ name }: App): string => `health-${name}`;

/** Who asks for the health of apps, under no name of ours, and is let ask. Nothing where no hop asks. */
export function healthQuestions(apps: readonly App[], hops: HopChain): HaproxyLine[] {
  const askers = healthAskers(hops);
  if (askers.length === 0) return [];
  return [
    ...apps.map(({ name }) => line("acl", "health-question", "path", "-m", "str", healthPath(name))),
    ...askers.map((cidr) => line("acl", "health-asker", "src", cidr)),
    line("http-request", "deny", "deny_status", 403, "if", "!ours", "health-question", "!health-asker"),
  ];
}

/** Where such questions go. */
export function answerHealth(apps: readonly App[], hops: HopChain): HaproxyLine[] {
  if (healthAskers(hops).length === 0) return [];
  return apps.map((app) =>
    line("use_backend", backendOf(app), "if", "!ours", "{", "path", "-m", "str", healthPath(app.name), "}"),
  );
}

/**
 * A question is passed on as the app's own health check: by its name, through TLS and all that stands before the app. The
 * certificate may be a placeholder, and is HAProxy's own.
 */
export function healthBackends(apps: readonly App[], hops: HopChain): HaproxySection[] {
  if (healthAskers(hops).length === 0) return [];
  return apps.map((app) => {
    const { scheme, authority, host, path } = ownQuestion(app, hops);
    const byTls = scheme === "https" ? ["ssl", "verify", "none", "sni", `str(${host})`] : [];
    return section(
      ["backend", backendOf(app)],
      [
        line("http-request", "set-pathq", literal(path)),
        setHeader("http-request", "Host", host),
        line("timeout", "server", `${healthAnswerSeconds}s`),
        line("server", "itself", authority, ...byTls),
      ],
    );
  });
}
