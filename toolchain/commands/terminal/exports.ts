import { word } from "../../../components/host/shell/word";

/** Lines that `eval` turns into exactly these environment variables, in any POSIX shell. */
export function exportLines(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`'${name}' is not a name that a shell can export`);
    return `export ${name}=${word(value)}`;
  });
}
