import { App } from "../../app/app";
import { apacheSnippet } from "./apache-snippet";
import { caddySnippet } from "./caddy-snippet";
import { iisSnippet } from "./iis-snippet";
import { nginxSnippet } from "./nginx-snippet";
import { planSnippet, SnippetPlan } from "./plan-snippet";
import { tomcatSnippet } from "./tomcat-snippet";
import { WebServer, WebServerArgs } from "./web-server";

/** What the owner of a web server is asked to add to its settings. */
export interface WebServerSnippet {
  /** The domain that they are for. */
  domain: string;
  /** What is added, as the web server reads it. */
  text: string;
}

const writers: Readonly<Record<WebServer, (plan: SnippetPlan) => string>> = {
  nginx: nginxSnippet,
  apache: apacheSnippet,
  iis: iisSnippet,
  caddy: caddySnippet,
  tomcat: tomcatSnippet,
};

/**
 * The snippets of a web server, one for each domain. It has no problems.
 *
 * @param host address of the host, which the web server connects to
 */
export function webServerSnippets(server: WebServerArgs, apps: readonly App[], host: string): WebServerSnippet[] {
  return server.domains.map((domain) => ({
    domain,
    text: writers[server.kind](planSnippet(server, apps, domain, host)),
  }));
}
