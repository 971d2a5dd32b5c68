import { App } from "../../app/app";
import { at, Problem } from "../../app/problem";

/** What apps need that cannot travel inside user data. */
export function inlineProblems(apps: readonly App[], path = "apps"): Problem[] {
  return apps.flatMap((app, index) => [
    ...(app.source.directory === undefined
      ? []
      : [
          {
            path: at(at(at(path, index), "source"), "directory"),
            value: app.source.directory,
            reason: "is a directory, which is too large for user data",
            fix: "take the code from git or a package index, or give the host a store",
          },
        ]),
    ...(app.secrets ?? []).flatMap((secret, position) =>
      secret.generate
        ? []
        : [
            {
              path: at(at(at(path, index), "secrets"), position),
              value: secret.name,
              reason: "is a secret that somebody has to bring, and everybody on the host can read its user data",
              fix: "let the host make it up with `generate: true`, or give the host a store",
            },
          ],
    ),
  ]);
}
