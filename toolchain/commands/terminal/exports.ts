/** A value as one word of a POSIX shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

/** Lines that `eval` turns into exactly these environment variables, in any POSIX shell. */
export function exportLines(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`'${name}' is not a name that a shell can export`);
    if (value.includes("\0")) throw new Error(`the value of ${name} contains a NUL, which no environment can hold`);
    return `export ${name}=${quoted(value)}`;
  });
}
