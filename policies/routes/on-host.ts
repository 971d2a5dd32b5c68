import { Context } from "../context";
import { DeclaredRoute } from "../contract";
import { wholeNumber } from "../graph/read";
import { Host } from "../hosts/host";
import { HostListening, listeningOf, servicesAt } from "../hosts/listening";
import { registrationsOf } from "../hosts/target-groups";
import { NginxView } from "../reader/nginx/nginx-view";
import { serverFor } from "../reader/nginx/server-for";
import { Draft } from "../rule";
import { absent, fail, pass, placed, unknown } from "../rules/drafts";
import { Answer, AnswerKind, answerTo } from "../web/answers";
import { publicServers } from "../web/content-scopes";
import { scopeText } from "../web/scope-text";
import { isLocal, Upstream } from "../web/upstream";
import { best, worst } from "./before-host";
import { pathsOf } from "./requests";

/** Whether nginx on a host answers a route, and by the declared service: one draft, or none without nginx. */
export function routedByNginx(host: Host, route: DeclaredRoute, { graph }: Context): Draft[] {
  const { nginx } = host.view;
  if (!nginx) return [];
  const behind = host.machine ? registrationsOf(graph, host.machine.resource) : [];
  const asked = behind
    .map(({ group, port }) => port ?? wholeNumber(group.properties["port"]))
    .filter((port) => typeof port === "number");
  const listening = listeningOf(host);
  const drafts = portsOf(nginx, asked).flatMap((port) => {
    const server = serverFor(nginx, route.domain, port);
    return server ? worst(pathsOf(route).map((path) => judge(answerTo(nginx, server, path), path))) : [];
  });
  if (drafts.length > 0) return [best(drafts)];
  return [absent(host, `no server of nginx answers ${route.domain}`, "add a server for it", { about: "at nginx" })];

  function judge(answer: Answer, path: string): Draft {
    return judgeAnswer(answer, { path, route, listening, host });
  }
}

/** The ports that a request for a route may come in by, most likely first. */
function portsOf(nginx: NginxView, asked: readonly number[]): number[] {
  const own = publicServers(nginx).flatMap(({ listens }) => listens.map(({ port }) => port));
  return [...new Set([...asked, 443, 80, ...own.filter((port) => port !== null)])];
}

interface Judged {
  path: string;
  route: DeclaredRoute;
  listening: HostListening;
  host: Host;
}

function judgeAnswer(answer: Answer, { path, route, listening, host }: Judged): Draft {
  const where = scopeText(answer.scope);
  const details = { about: "at nginx", place: placed(answer.place) };
  switch (answer.kind) {
    case AnswerKind.Unknown:
      return unknown(
        `a regular expression decides about ${path} that cannot be tried here`,
        "ask for it once it is deployed",
        details,
      );
    case AnswerKind.Status:
      if (answer.status >= 200 && answer.status < 300) return pass(`${where} answers ${path}`, details);
      return absent(host, `${where} answers ${path} with ${answer.status}`, "add a location for it", details);
    case AnswerKind.Redirect:
      if (isWithin(answer.to, route.domain)) return pass(`${where} sends ${path} on`, details);
      return absent(host, `${where} sends ${path} elsewhere`, "add a location for it", details);
    case AnswerKind.Files:
      if (route.service === null) return pass(`${where} answers ${path} with files`, details);
      return absent(
        host,
        `${where} answers ${path} with files, and not by ${route.service}`,
        `hand it to ${route.service}`,
        details,
      );
    case AnswerKind.App:
      return handedOn(answer.upstream);
  }

  function handedOn({ addresses, variable }: Upstream): Draft {
    const others = addresses.filter(isLocal).map((address) => servicesAt(listening, address));
    const wrong = others.find((services) => services.length > 0 && !services.includes(route.service ?? ""));
    if (route.service !== null && wrong)
      return fail(
        `${where} hands ${path} to ${wrong.join(", ")}, and not to ${route.service}`,
        `hand it to ${route.service}`,
        details,
      );
    if (variable !== null && route.service !== null)
      return unknown(`$${variable} decides who answers ${path}`, "name the app's address itself", details);
    return pass(`${where} hands ${path} on`, details);
  }
}

/** Whether a redirect leads to another page of the same site, rather than to the same one by HTTPS. */
function isWithin(to: string, domain: string): boolean {
  if (to.startsWith("/")) return !to.startsWith("//");
  const [, authority = "", path = ""] = /^(?:https|\$scheme):\/\/(\$\w+|[^/$]+)(.*)$/s.exec(to) ?? [];
  return [domain, "$host", "$http_host", "$server_name"].includes(authority) && !path.startsWith("$");
}
