import { expression, verbatim } from "../nginx/expression";
import { render } from "../nginx/render";
import { because, block, Directive, directive } from "../nginx/tree";
import { systemAuthorities } from "../tls/authorities";
import { challengePath } from "../tls/challenge";
import { HandedPath, SnippetPlan } from "./plan-snippet";

/** Part of a `server` block of nginx that hands paths on to the host. */
export function nginxSnippet(plan: SnippetPlan): string {
  const { domain, host, challenges, paths } = plan;
  const locations = paths.flatMap((handed) => [
    ...(handed.path === "/" ? [] : [location(["=", verbatim(handed.path.slice(0, -1))], handed, plan)]),
    location(["^~", verbatim(handed.path)], handed, plan),
  ]);
  const challenge = because(
    `${domain}: lets the host get the certificate that is checked below`,
    block(
      "location",
      ["^~", challengePath],
      [directive("proxy_pass", `http://${host}`), directive("proxy_set_header", "Host", domain)],
    ),
  );
  return render([...(challenges ? [challenge] : []), ...locations]);
}

function location(
  words: Parameters<typeof block>[1],
  { path, websocket, answerSeconds, bodyMiB }: HandedPath,
  { domain, host, challenges }: SnippetPlan,
): Directive {
  const header = (name: string, value: Parameters<typeof directive>[1]): Directive =>
    directive("proxy_set_header", name, value);
  return because(
    `${domain}${path}: handed on as it is written`,
    block("location", words, [
      directive("proxy_pass", `https://${host}`),
      directive("proxy_http_version", "1.1"),
      header("Host", domain),
      because(
        "the client alone: what it says about itself is not handed on",
        header("X-Forwarded-For", expression`$remote_addr`),
      ),
      header("X-Forwarded-Proto", expression`$scheme`),
      header("Connection", websocket ? "upgrade" : ""),
      header("Upgrade", websocket ? expression`$http_upgrade` : ""),
      directive("proxy_ssl_server_name", "on"),
      directive("proxy_ssl_name", domain),
      ...(challenges
        ? [
            directive("proxy_ssl_verify", "on"),
            directive("proxy_ssl_verify_depth", 3),
            directive("proxy_ssl_trusted_certificate", systemAuthorities),
          ]
        : []),
      directive("client_max_body_size", `${bodyMiB}m`),
      directive("proxy_read_timeout", `${answerSeconds}s`),
      directive("proxy_send_timeout", `${answerSeconds}s`),
      directive("proxy_redirect", "off"),
    ]),
  );
}
