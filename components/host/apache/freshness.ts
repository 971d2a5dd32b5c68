import { answerFreshness, fileFreshness, keptStatuses } from "../cache-control";
import { SiteRoute } from "../site-route";
import { byApp, byFile, isMine } from "./route";
import { apache, ApacheDirective, noted } from "./tree";

/** Pages of HTML; of an app also what may be one, an answer without a type ("not changed"). */
const isFilePage = "%{CONTENT_TYPE} =~ m#^text/html#";
const isAppPage = "%{CONTENT_TYPE} =~ m#^(?:text/html|$)#";

/** Answers with the file itself, a part of it, or that it is still the same. */
const found = "%{REQUEST_STATUS} =~ /^(?:200|206|304)$/";

/** Answers of apps that may be kept. */
const keepable = `%{REQUEST_STATUS} =~ /^(?:${keptStatuses.join("|")})$/`;

/** For how long a route's files may be used. */
export function freshFiles(of: SiteRoute): ApacheDirective[] {
  const { freshness } = of.route;
  const say = (value: string, where?: string): ApacheDirective =>
    apache(
      "Header",
      "set",
      "Cache-Control",
      value,
      `expr=${[isMine(of), ...byFile(of), found, ...(where ? [where] : [])].join(" && ")}`,
    );
  if (freshness) {
    const { pages, others } = fileFreshness(freshness);
    return [say(others), say(pages, isFilePage)];
  }
  return [
    noted(
      "pages are asked for each time, so that a release is seen at once; images and fonts are kept for a week",
      say("max-age=3600"),
    ),
    say("no-cache", isFilePage),
    say("max-age=604800", "%{CONTENT_TYPE} =~ m#^(?:image|font)/#"),
  ];
}

/** For how long an app's answers may be used, where it does not say so itself. The first line that fits is one that says so. */
export function freshAnswers(of: SiteRoute): ApacheDirective[] {
  const { freshness } = of.route;
  if (!freshness) return [];
  const { anybody, oneBrowser } = answerFreshness(freshness);
  const unsaid = [isMine(of), ...byApp(of), keepable, "-z %{resp:Cache-Control}", "-z %{resp:Expires}"];
  const nobody = ["-z %{resp:Set-Cookie}", "-z req_novary('Authorization')", "-z req_novary('Cookie')"];
  const say = (value: string, ...where: string[]): ApacheDirective =>
    apache("Header", "set", "Cache-Control", value, `expr=${[...unsaid, ...where].join(" && ")}`);
  return [
    say(anybody.pages, ...nobody, isAppPage),
    say(anybody.others, ...nobody),
    say(oneBrowser.pages, isAppPage),
    say(oneBrowser.others),
  ];
}
