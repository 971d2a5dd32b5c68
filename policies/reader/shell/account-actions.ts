import type { Action, RunCommand } from "./actions";
import { parseArguments } from "./arguments";

/** What programs do that make users. */
export const accountActions: Readonly<Record<string, Action>> = { useradd: addUser, adduser: addUser };

const valued = [
  "-d",
  "--home",
  "--home-dir",
  "-s",
  "--shell",
  "-g",
  "--gid",
  "-G",
  "--groups",
  "-u",
  "--uid",
  "-c",
  "--comment",
];

function addUser({ words, place, shell }: RunCommand): void {
  const options = [
    ...valued,
    "--gecos",
    "--ingroup",
    "-b",
    "--base-dir",
    "-k",
    "--skel",
    "-p",
    "--password",
    "-e",
    "-f",
    "-K",
  ];
  const args = parseArguments(words.slice(1), options);
  // useradd takes the name at the end; adduser's second operand is a group.
  const name = words[0] === "useradd" ? args.operands.at(-1) : args.operands[0];
  if (typeof name === "string") shell.draft.users.push({ name, place });
}
