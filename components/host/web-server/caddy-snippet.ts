import { renderCaddy } from "../caddy/render";
import { caddy, caddyBlock, CaddyDirective, caddyNoted, placeholder } from "../caddy/tree";
import { challengePath } from "../tls/challenge";
import { HandedPath, SnippetPlan } from "./plan-snippet";
import { keptSeconds } from "./web-server";

/** Part of a site of Caddy 2 that hands paths on to the host. */
export function caddySnippet(plan: SnippetPlan): string {
  // Of several matchers the first that fits is taken, so the longest path is in front.
  const handed = [...plan.paths].reverse();
  return renderCaddy([
    ...(plan.challenges ? challenges(plan) : []),
    ...handed.flatMap((path, index) => handOver(path, `@landfall-${index + 1}`, plan)),
  ]);
}

/** Caddy answers challenges for certificates of its own before it looks here. */
function challenges({ domain, host }: SnippetPlan): CaddyDirective[] {
  return [
    caddyNoted(
      `${domain}: lets the host get the certificate that is checked below`,
      caddyBlock(
        ["handle", `${challengePath}*`],
        [caddyBlock(["reverse_proxy", `http://${host}`], [caddy("header_up", "Host", domain)])],
      ),
    ),
  ];
}

function handOver({ path, answerSeconds }: HandedPath, name: string, plan: SnippetPlan): CaddyDirective[] {
  const { domain, host, challenges: checked } = plan;
  return [
    caddy(name, "path", ...(path === "/" ? ["/*"] : [path.slice(0, -1), `${path}*`])),
    caddyNoted(
      `${domain}${path}: handed on as it is written`,
      caddyBlock(
        ["handle", name],
        [
          caddyBlock(
            ["reverse_proxy", `https://${host}`],
            [
              caddy("header_up", "Host", domain),
              caddyNoted(
                "the client alone: what it says about itself is not handed on",
                caddy("header_up", "X-Forwarded-For", placeholder("remote_host")),
              ),
              caddy("header_up", "X-Forwarded-Proto", placeholder("scheme")),
              caddyBlock(
                ["transport", "http"],
                [
                  caddyNoted("HTTP/2 to the host has no way for websockets", caddy("versions", "1.1")),
                  caddy("tls_server_name", domain),
                  ...(checked ? [] : [caddy("tls_insecure_skip_verify")]),
                  caddy("response_header_timeout", `${answerSeconds}s`),
                  caddy("keepalive", `${keptSeconds}s`),
                ],
              ),
            ],
          ),
        ],
      ),
    ),
  ];
}
