import { renderXml } from "../xml/render";
import { element, textElement, XmlElement } from "../xml/tree";
import { challengePath } from "../tls/challenge";
import { HandedPath, SnippetPlan } from "./plan-snippet";

/** A `web.xml` for an application of Tomcat's that hands paths on to the host, by a servlet that does. */
export function tomcatSnippet(plan: SnippetPlan): string {
  const { challenges, paths } = plan;
  const servlets = [
    ...(challenges ? servlet("landfall-challenges", challengePath, "http", 60, plan) : []),
    ...paths.flatMap((handed, index) => handOver(handed, `landfall-${index + 1}`, plan)),
  ];
  const root = element("web-app", { xmlns: "https://jakarta.ee/xml/ns/jakartaee", version: "6.0" }, servlets);
  return renderXml({ ...root, comment: needs(plan) });
}

function needs({ domain }: SnippetPlan): string {
  return [
    `For the application that answers at the root of ${domain} (its Host in server.xml).`,
    "Into WEB-INF/lib: smiley-http-proxy-servlet 2.0 (Maven: org.mitre.dsmiley.httpproxy), httpclient, httpcore,",
    "commons-logging and commons-codec. The certificate of the host is checked by the authorities that Java trusts.",
    "Tomcat reads a path before it is written anew: none may have %2F, and // is taken for /. Uploads have no limit here.",
  ].join("\n");
}

function handOver({ path, answerSeconds }: HandedPath, name: string, plan: SnippetPlan): XmlElement[] {
  return servlet(name, path, "https", answerSeconds, plan);
}

function servlet(
  name: string,
  path: string,
  scheme: "http" | "https",
  answerSeconds: number,
  { host }: SnippetPlan,
): XmlElement[] {
  const parameters: Readonly<Record<string, string>> = {
    // A pattern is matched without its slash as well, which the host then adds.
    targetUri: `${scheme}://${host}${path.slice(0, -1)}`,
    preserveHost: "true",
    // The address of the client is put behind what the client says, and the host believes the last one.
    forwardip: "true",
    preserveCookies: "true",
    preserveCookiePath: "true",
    "http.protocol.handle-redirects": "false",
    "http.socket.timeout": "5000",
    "http.read.timeout": String(answerSeconds * 1000),
    "http.maxConnections": "256",
  };
  return [
    element("servlet", {}, [
      textElement("servlet-name", name),
      textElement("servlet-class", "org.mitre.dsmiley.httpproxy.ProxyServlet"),
      ...Object.entries(parameters).map(([key, value]) =>
        element("init-param", {}, [textElement("param-name", key), textElement("param-value", value)]),
      ),
    ]),
    element("servlet-mapping", {}, [textElement("servlet-name", name), textElement("url-pattern", `${path}*`)]),
  ];
}
