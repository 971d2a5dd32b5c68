import { planPath } from "../../components/host/cloud-init/units";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { perGraph } from "../graph/per-graph";
import { Host } from "../hosts/host";
import { PartType } from "../reader/host-view";
import { Draft, Rule } from "../rule";
import { findSecrets, FoundSecret } from "../secrets/find-secrets";
import { fail, pass, unknown } from "./drafts";

/** Whoever may describe the machine, read the state or run a program on the machine can read its user data. */
export const udNoSecret: Rule<Host> = {
  id: "ud-no-secret",
  item: "secrets-kept",
  title: "No secret is part of user data or of a file in it",
  severity: Severity.Critical,
  level: Level.Mandatory,
  help:
    "User data is kept in clear in Pulumi's state, shown by the EC2 console, and handed to every program on the machine " +
    "by the metadata service; a plan lies in its store for as long as the store does. Keys, tokens and passwords are " +
    "looked for by their shape and by what they are called; the finding names kind and place, never the value. Hand " +
    "secrets over as parameters that the host reads when it starts: in Landfall, the app's secrets.",
  targets: ({ hosts }: Context) => hosts,
  check(host, { graph }) {
    const secrets = secretsOf(host, finderOf(graph));
    if (secrets.length > 0) return secrets;
    const reason = unseen(host);
    if (reason !== undefined) return [unknown(`not all of it can be read: ${reason}`, "make it known at preview")];
    return [pass("nothing in it looks like a secret")];
  },
};

/** Why part of the text could not be looked through. A text that does not parse is a text all the same. */
function unseen({ unknown: parts, view }: Host): string | undefined {
  const seen = new Set([
    ...view.parts.map(({ name }) => name),
    ...view.files.flatMap(({ path, content }) => (content === null ? [] : [path])),
  ]);
  return parts[0] ?? view.problems.find(({ place }) => !seen.has(place.file))?.message;
}

type Finder = (text: string) => FoundSecret[];

/** Hosts of one deployment have many files in common: each text is looked through once. */
const finderOf = perGraph((): Finder => {
  const known = new Map<string, FoundSecret[]>();
  return (text) => {
    const found = known.get(text) ?? findSecrets(text);
    known.set(text, found);
    return found;
  };
});

function secretsOf({ view }: Host, find: Finder): Draft[] {
  const values: string[] = [];
  // A plan's own text holds its files, quoted: they are looked through one by one.
  const files = view.files.filter(({ path }) => view.plan === null || path !== planPath);
  const inFiles = files.flatMap(({ path, content }) =>
    find(content ?? "").map((secret) => {
      values.push(secret.value);
      return found(secret.kind, path, secret.line);
    }),
  );
  // The text around holds the files again, quoted: what was found in a file is not reported twice.
  const known = (value: string) => values.some((other) => value.startsWith(other) || other.startsWith(value));
  const around = view.parts
    .filter(({ type }) => type !== PartType.HostPlan)
    .flatMap(({ name, content }) =>
      find(content)
        .filter(({ value }) => !known(value))
        .map(({ kind, line }) => found(kind, name, line)),
    );
  return [...inFiles, ...around];
}

function found(kind: string, file: string, line: number): Draft {
  return fail(
    `${kind} is written in ${file}`,
    "take it out, make a new one, and let the host read it from a parameter",
    {
      about: `${kind} ${file}`,
      place: { file, line },
    },
  );
}
