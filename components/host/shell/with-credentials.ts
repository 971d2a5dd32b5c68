import { assign, command, comment, expand, output, repeatWhile, Statement, variable } from "./tree";

/**
 * Runs a program with secrets in its environment, for programs that cannot read them from files. systemd shows a
 * credential as a file that only the app can read; `Environment=` would show it to everyone who can read the unit.
 */
export function withCredentials(): Statement[] {
  const pair = "landfall_pair";
  const value = "landfall_value";
  return [
    comment("with-credentials VARIABLE=CREDENTIAL... -- PROGRAM ARGUMENT..."),
    comment("The program takes the place of this script: sockets and notices of systemd are for its process id."),
    repeatWhile(command("test", expand(variable("1")), "!=", "--"), [
      assign(pair, expand(variable("1"))),
      assign(
        value,
        expand(output(command("cat", "--", expand(variable("CREDENTIALS_DIRECTORY"), "/", variable(pair, "#*="))))),
      ),
      command("export", expand(variable(pair, "%%=*"), "=", variable(value))),
      command("shift"),
    ]),
    command("shift"),
    command("exec", expand(variable("@"))),
  ];
}
