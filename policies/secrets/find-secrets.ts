import { withCredentialsPath } from "../../components/host/systemd/service";
import { isPlaceholder } from "./placeholder";

/** A secret in a text: what it is and where. The value itself is only for telling two apart. */
export interface FoundSecret {
  /** E.g. `a private key`. */
  readonly kind: string;
  /** From 1. */
  readonly line: number;
  readonly value: string;
}

/** A shape that only secrets of one kind have. `value` is the group that holds it; the whole match without one. */
interface Pattern {
  readonly kind: string;
  /** What a text has to hold anyway; spares most texts a search that is slow. */
  readonly sign?: string;
  readonly expression: RegExp;
}

/** Before and after a token: nothing that could make it a piece of something longer. */
const token = (kind: string, body: string): Pattern => ({
  kind,
  expression: new RegExp(`(?<![A-Za-z0-9+_-])(?<value>${body})(?![A-Za-z0-9/+_-])`, "g"),
});

/** Shapes that the services that give them out document. */
const patterns: readonly Pattern[] = [
  token("an AWS access key id", "(?:AKIA|ASIA)[A-Z0-9]{16}"),
  token("a token of GitHub", "gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}"),
  token("a token of GitLab", "gl(?:pat|dt|rt|cbt)-[A-Za-z0-9_-]{20,}"),
  token("a token of Slack", "xox[abeprs]-[A-Za-z0-9-]{10,}"),
  token("a key of Google's APIs", "AIza[A-Za-z0-9_-]{35}"),
  token("a key of Stripe", "[sr]k_live_[A-Za-z0-9]{16,}"),
  token("a token of npm", "npm_[A-Za-z0-9]{36}"),
  token("a token of PyPI", "pypi-AgE[A-Za-z0-9_-]{50,}"),
  token("a key of SendGrid", "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
  token("a token of Pulumi", "pul-[0-9a-f]{40}"),
  token("a token of DigitalOcean", "do[opr]_v1_[0-9a-f]{64}"),
  token("a token of Vault", "hv[sb]\\.[A-Za-z0-9_-]{24,}"),
  token("a JSON web token", "eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{16,}"),
  {
    kind: "a private key",
    // With a line of the key behind it: a script that looks for such a header has none.
    expression:
      /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|[A-Za-z-]{1,40}: [^\n]*\n)*(?<value>[A-Za-z0-9+/=]{16,})/g,
  },
  {
    kind: "a password in an address",
    sign: "://",
    expression: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']*:(?<value>[^\s/@"']+)@[^\s/"']/gi,
  },
  {
    kind: "credentials of an HTTP request",
    expression: /authorization["']?\s*[:=]?\s*["']?(?:basic|bearer)\s+(?<value>[A-Za-z0-9+/=._~-]{8,})/gi,
  },
  {
    kind: "a password on a command line",
    expression: /\bcurl\b[^\n]*\s(?:-u|--user)[ =]?["']?[^\s:"']+:(?<value>[^\s"']+)/g,
  },
  { kind: "a password on a command line", expression: /\bsshpass\s+-p\s*["']?(?<value>[^\s"']+)/g },
  { kind: "a password on a command line", expression: /\b(?:mysql|mariadb)\w*\b[^\n|;]*\s-p["']?(?<value>[^\s"']+)/g },
  { kind: "a password", expression: /\bIDENTIFIED\s+BY\s+["'](?<value>[^"'\n]+)/gi },
  { kind: "a password", expression: /\bConvertTo-SecureString\s+(?:-String\s+)?["'](?<value>[^"'\n]+)/gi },
  { kind: "a password", expression: /\bnet\s+user\s+\S+\s+["']?(?<value>[^\s"'/]\S*?)["']?\s+\/add/gi },
  {
    kind: "a password",
    sign: "chpasswd",
    expression: /\b[\w-]{1,32}:(?<value>[^\s"':|]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd\b/g,
  },
];

/** What a secret is called, at the end of the name of a setting or variable. */
const secretNames =
  "pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key";

/** The end of a secret's name, and the sign behind it: `name = value` and `name: value`, as configuration of all kinds has it. */
const assignment = new RegExp(
  `(?:${secretNames})["']?[^\\S\\n]*(?:(?<![=!<>])=(?![=~>])|:(?![:=/])|=>)[^\\S\\n]*(?<quote>["']?)(?<value>[^\\n]*)`,
  "gi",
);

/** Secrets in a text, in the order of their lines. Placeholders, variables, public keys, certificates and checksums are none. */
export function findSecrets(text: string): FoundSecret[] {
  const found = [...matches(text), ...assignments(text), ...passwordLists(text)];
  const byValue = new Map(
    found.map((secret) => [`${secret.line} ${secret.value}`, secret]).reverse() as [string, FoundSecret][],
  );
  return [...byValue.values()].sort((one, other) => one.line - other.line);
}

function matches(text: string): FoundSecret[] {
  return patterns
    .filter(({ sign }) => sign === undefined || text.includes(sign))
    .flatMap(({ kind, expression }) =>
      [...text.matchAll(expression)].flatMap((match) => {
        const value = match.groups?.["value"] ?? match[0];
        return isPlaceholder(value, true) ? [] : [{ kind, value, line: lineAt(text, match.index) }];
      }),
    );
}

function assignments(text: string): FoundSecret[] {
  return [...text.matchAll(assignment)].flatMap((match) => {
    const { quote = "", value: rest = "" } = match.groups ?? {};
    const name = nameAround(text, match.index);
    const value = valueOf(rest, quote);
    if (isPlaceholder(value, quote !== "") || isNameServiceSwitch(name, value)) return [];
    if (isSameName(name, value) || isCredentialName(text, match.index)) return [];
    return [{ kind: `a value for ${name}`, value, line: lineAt(text, match.index) }];
  });
}

/** The longest name that is read. */
const longestName = 60;

/** The whole name of what is assigned, of which the end was found. */
function nameAround(text: string, index: number): string {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, index - longestName), index))?.[0] ?? "";
  const after = /^[\w.-]*/.exec(text.slice(index, index + longestName))?.[0] ?? "";
  return `${before}${after}`;
}

/** The value up to its closing quote; without quotes, up to what ends a word. */
function valueOf(rest: string, quote: string): string {
  if (quote !== "") return rest.split(quote)[0]!;
  return rest.split(/\s+#|[\s;,"'&|)}]/)[0]!;
}

/** A secret that is called by its own name, e.g. `COOKIE_SECRET=cookie-secret`, is looked up elsewhere. */
function isSameName(name: string, value: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return letters(value) === letters(name);
}

/** Arguments of Landfall's program that puts credentials of systemd into variables name the credentials. */
function isCredentialName(text: string, index: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", index) + 1, index);
  return before.includes(withCredentialsPath) && !before.includes(" -- ");
}

/** The line `passwd: files systemd` of nsswitch.conf names where users are looked up. */
function isNameServiceSwitch(name: string, value: string): boolean {
  return name === "passwd" && /^(files|compat|db|nis|ldap|sss|systemd)$/.test(value);
}

/** Passwords that cloud-init's `chpasswd` is given as lines of `user:password`. */
function passwordLists(text: string): FoundSecret[] {
  const lines = text.split("\n");
  const found: FoundSecret[] = [];
  let inside = false;
  lines.forEach((line, index) => {
    if (/^\S/.test(line)) inside = /^chpasswd\s*:/.test(line);
    else if (inside) {
      const [, value] = /^\s+(?:-\s*)?["']?[a-z_][\w-]*:(?!\s|\|)([^\s"']+)["']?\s*$/.exec(line) ?? [];
      // R and RANDOM ask cloud-init to make one up.
      if (value !== undefined && !/^(R|RANDOM)$/.test(value) && !isPlaceholder(value, true))
        found.push({ kind: "a password of a user", value, line: index + 1 });
    }
  });
  return found;
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
