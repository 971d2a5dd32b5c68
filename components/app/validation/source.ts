import { App } from "../app";
import { Python } from "../python";
import { ServeBy } from "../route/route";
import { GitSource, PackageSource, Source } from "../source";
import { segmentPattern } from "../glob";
import { Report } from "./report";
import { checkDistinct, checkRelativePath, checkText } from "./text";

/** Tells whether a file exists, or a folder when the path ends with a slash. */
export type Exists = (path: string) => boolean;

/** Checks where the code comes from and the Python environment it runs in. */
export function checkSource(app: App, exists: Exists, report: Report): void {
  checkOneKind(app, report.in("source"));
  checkDirectory(app, exists, report);
  if (app.source.git) checkGit(app.source.git, report.in("source", "git"));
  if (app.source.package) checkPackage(app.source.package, report.in("source", "package"));
  checkExclude(app.source, report.in("source", "exclude"));
  if (app.python) checkPython(app, app.python, report.in("python"));
  checkDebianPackages(app.packages ?? [], report.in("packages"));
}

function checkOneKind({ source, servers, routes = [] }: App, report: Report): void {
  const kinds = (["directory", "git", "package"] as const).filter((kind) => source[kind] !== undefined);
  const serves = routes.some((route) => route.serve === ServeBy.Files);
  if (servers && !serves) {
    if (kinds.length > 0)
      report.refuseUnseen("is given, but the app runs elsewhere and no route serves files of it", "write source: {}");
    return;
  }
  if (kinds.length === 1) return;
  const reason = kinds.length === 0 ? "says nothing" : `has ${kinds.join(" and ")}`;
  report.refuseUnseen(reason, "give exactly one of directory, git and package");
}

function checkDirectory(app: App, exists: Exists, report: Report): void {
  const directory = app.source.directory;
  const at = report.in("source", "directory");
  if (directory === undefined || !checkText(directory, at)) return;
  // A path that ends with a slash exists only when it is a folder.
  if (!exists(`${directory.replace(/\/+$/, "")}/`)) {
    at.refuse(directory, "is not a directory that exists", "it is looked up from the folder of Pulumi.yaml");
    return;
  }
  const requirements = app.python?.requirements;
  if (requirements && !requirements.split("/").includes("..") && !exists(`${directory}/${requirements}`))
    report.in("python", "requirements").refuse(requirements, "does not exist", `it is looked up in "${directory}"`);
}

function checkGit(git: GitSource, report: Report): void {
  checkGitUrl(git.url, report.in("url"));
  checkGitRef(git.ref, report.in("ref"));
  if (git.directory !== undefined) checkRelativePath(git.directory, "the repository", report.in("directory"));
}

/** Transports that run a command (`ext::`) and words that git takes for options are kept out by naming what may come in. */
function checkGitUrl(url: string, report: Report): void {
  const shortSsh = /^[A-Za-z0-9._]+@[A-Za-z0-9.-]+:[^-:\s][^\s]*$/.test(url);
  const fix = 'give an address like "https://git.example.com/team/app.git"';
  if (shortSsh) return;
  if (/\s|[\x00-\x1f\x7f]/.test(url) || !/^(https?|ssh|git):\/\/[^/-]/.test(url) || !URL.canParse(url)) {
    // An address that cannot be read may hold a password all the same.
    if (/@/.test(url)) report.refuseUnseen("is not an address that git can fetch from", fix);
    else report.refuse(url, "is not an address that git can fetch from", fix);
    return;
  }
  const { username, password, protocol } = new URL(url);
  if (password !== "" || (username !== "" && protocol !== "ssh:"))
    report.refuseUnseen("carries credentials, which would end up in the plan", "leave them out of the address");
}

/** The rules of git-check-ref-format(1) for one name, and no leading hyphen, which git would take for an option. */
function checkGitRef(ref: string, report: Report): void {
  if (!checkText(ref, report)) return;
  const impossible =
    /^[-/]|[\s~^:?*[\\\x7f]|\.\.|@\{|\/\/|[/.]$|\.lock(\/|$)|(^|\/)\./.test(ref) ||
    ref === "@" ||
    /[^\x21-\x7e]/.test(ref);
  if (impossible) report.refuse(ref, "is not the name of a commit, tag or branch", "give one, best a commit");
}

const exactVersion = /^(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[A-Za-z0-9]+([.][A-Za-z0-9]+)*)?$/;
const distributionName = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

function checkPackage(source: PackageSource, report: Report): void {
  if (!distributionName.test(source.name))
    report.in("name").refuse(source.name, "is not a package name", "give the name that the package index uses");
  if (!exactVersion.test(source.version))
    report.in("version").refuse(source.version, "is not an exact version", 'give one like "1.94.5"');
  (source.extras ?? []).forEach((extra, index) => {
    if (!distributionName.test(extra))
      report.in("extras", index).refuse(extra, "is not the name of an extra", "give names without brackets");
  });
}

function checkExclude(source: Source, report: Report): void {
  if (source.exclude === undefined) return;
  if (source.directory === undefined)
    report.refuseUnseen("is given, but there is no directory to leave names out of", "leave it out");
  source.exclude.forEach((pattern, index) => {
    const at = report.in(index);
    if (!checkText(pattern, at)) return;
    if (pattern.includes("/"))
      at.refuse(pattern, "has a slash, but patterns are matched against single names", "give one path segment");
    else if (segmentPattern(pattern) === undefined)
      at.refuse(pattern, "has brackets that stand for nothing", 'write ranges upwards, like "[a-z]"');
  });
}

function checkPython(app: App, python: Python, report: Report): void {
  const { requirements } = python;
  if (requirements !== undefined) {
    checkRelativePath(requirements, "the source", report.in("requirements"));
    if (app.source.package)
      report.in("requirements").refuse(requirements, "cannot exist in a package source", "name packages instead");
  }
  (python.packages ?? []).forEach((requirement, index) => {
    const at = report.in("packages", index);
    if (checkText(requirement, at) && !/^[A-Za-z0-9]/.test(requirement))
      at.refuse(requirement, "is not a requirement", 'give one like "gunicorn==27.0.1"');
  });
  checkDebianPackages(python.buildPackages ?? [], report.in("buildPackages"));
}

function checkDebianPackages(packages: readonly string[], report: Report): void {
  packages.forEach((name, index) => {
    if (/^[a-z0-9][a-z0-9+.-]+$/.test(name)) return;
    report.in(index).refuse(name, "is not the name of a Debian package", "use lower case letters, digits and +-.");
  });
  checkDistinct(packages, report);
}

/** Checks the Debian releases that an app says it can run on. */
export function checkDebian(app: App, releases: readonly number[], report: Report): void {
  if (app.debian === undefined) return;
  if (app.debian.length === 0) report.refuse([], "leaves no release to run on", `name some of ${releases.join(", ")}`);
  app.debian.forEach((release, index) => {
    if (!releases.includes(release))
      report.in(index).refuse(release, "is not a release that hosts can run", `use some of ${releases.join(", ")}`);
  });
}
