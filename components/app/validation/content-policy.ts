import { suggestion } from "../nearest";
import { ContentSecurityPolicy } from "../route/security";
import { Report } from "./report";

/** The directives of a content security policy that a header may have (Content Security Policy Level 3, section 6). */
const directives = [
  "base-uri",
  "child-src",
  "connect-src",
  "default-src",
  "font-src",
  "form-action",
  "frame-src",
  "img-src",
  "manifest-src",
  "media-src",
  "object-src",
  "require-trusted-types-for",
  "sandbox",
  "script-src",
  "script-src-attr",
  "script-src-elem",
  "style-src",
  "style-src-attr",
  "style-src-elem",
  "trusted-types",
  "upgrade-insecure-requests",
  "worker-src",
];

/** Directives that a property of their own says. */
const elsewhere: Readonly<Record<string, string>> = {
  "frame-ancestors": "framedBy",
  "report-uri": "contentSecurityPolicy.reportUri",
  "report-to": "contentSecurityPolicy.reportUri",
};

const keywords = [
  "none",
  "self",
  "strict-dynamic",
  "unsafe-eval",
  "unsafe-hashes",
  "unsafe-inline",
  "wasm-unsafe-eval",
];

/** Visible ASCII and spaces, but for what ends a directive or a policy. */
const fit = /^[\x20-\x2b\x2d-\x3a\x3c-\x7e]*$/;

/** The longest policy: nginx reads words of 4,095 bytes, and the default directives are a part of it. */
const longest = 3000;

/**
 * Checks a content security policy.
 *
 * @param strict whether it is to keep scripts of others out, so that one that does not is a contradiction
 */
export function checkContentPolicy(policy: ContentSecurityPolicy, strict: boolean, report: Report): void {
  const said = Object.entries(policy.directives ?? {});
  for (const [name, sources] of said) checkDirective(name, sources, strict, report.in("directives", name));
  const length = said.reduce((sum, [name, sources]) => sum + name.length + sources.length + 3, 0);
  if (length > longest)
    report.in("directives").refuse(length, "characters are more than a header carries", `use at most ${longest}`);
  if (
    policy.reportUri !== undefined &&
    !/^(?:https:\/\/[a-z0-9.-]+(?::\d+)?)?\/[\w.~%!$&'()*+=:@/?-]*$/.test(policy.reportUri)
  )
    report
      .in("reportUri")
      .refuse(
        policy.reportUri,
        "is no place to send reports to",
        'give a path such as "/csp-report", or an https address',
      );
}

function checkDirective(name: string, sources: string, strict: boolean, place: Report): void {
  const other = elsewhere[name];
  if (other !== undefined) return place.refuse(sources, "has a property of its own", `say ${other}`);
  if (!directives.includes(name))
    return place.refuse(sources, "is for no directive of CSP", suggestion(name, directives));
  if (!fit.test(sources))
    return place.refuse(sources, "has characters that end a directive or a header", "give sources with spaces between");
  const list = sources.split(" ").filter((source) => source !== "");
  const bare = list.find((source) => keywords.includes(source.replace(/^'|'$/g, "")) && !/^'.*'$/.test(source));
  if (bare !== undefined)
    return place.refuse(sources, `names a host ${bare}, the keyword has quotes`, `write '${bare.replaceAll("'", "")}'`);
  if (list.includes("'none'") && list.length > 1)
    return place.refuse(sources, "says 'none', and sources beside it", "say one of the two");
  const open = strict ? opening(name, list) : undefined;
  if (open !== undefined)
    place.refuse(
      sources,
      `lets scripts of others run by ${open}, which the preset "strict" is there to prevent`,
      "use a nonce or a hash, or another preset",
    );
}

/** The source by which anybody's script would run. With a nonce or a hash, browsers ignore 'unsafe-inline'. */
function opening(name: string, list: readonly string[]): string | undefined {
  if (!["default-src", "object-src", "script-src", "script-src-attr", "script-src-elem"].includes(name))
    return undefined;
  const guarded = list.some((source) => /^'(?:nonce|sha256|sha384|sha512)-/.test(source));
  return list.find(
    (source) =>
      (source === "'unsafe-inline'" && !guarded) ||
      source === "'unsafe-eval'" ||
      /^(?:\*|data:|blob:|https?:|ftp:|https?:\/\/\*)$/.test(source),
  );
}
