/** Debian releases that machines can run, with the names their archives go by. */
export const codenames: Readonly<Record<number, string>> = { 12: "bookworm", 13: "trixie" };

/** The archive's name of a release, or an error that lists the choices. */
export function codename(debian: number): string {
  const name = codenames[debian];
  if (name !== undefined) return name;
  throw new Error(
    `debian ${JSON.stringify(debian)} is not a release that machines can run: ${Object.keys(codenames).join(" or ")}`,
  );
}

/** A stanza of an apt source list, in the fields of sources.list(5). */
interface Source {
  suites: string[];
  fields: Array<[name: string, value: string]>;
}

/**
 * The Debian archives of a host's apt configuration, asked for another release: same mirrors, keys and options.
 *
 * @param texts the host's source lists, in both formats that apt knows
 * @param hostCodename what the host's own release is called
 * @returns text of a `.sources` file, or undefined when the host has no Debian archive
 */
export function debianSources(
  texts: readonly string[],
  hostCodename: string,
  guestCodename: string,
): string | undefined {
  const own = new RegExp(`^${hostCodename}(?:-updates|-security)?$`);
  const stanzas = texts
    .flatMap((text) => [...readStanzas(text), ...readLines(text)])
    .map((source) => ({ ...source, suites: source.suites.filter((suite) => own.test(suite)) }))
    .filter((source) => source.suites.length > 0)
    .map((source) =>
      source.fields
        .map(([name, value]) =>
          name === "Suites"
            ? `Suites: ${source.suites.map((suite) => guestCodename + suite.slice(hostCodename.length)).join(" ")}`
            : `${name}: ${value}`,
        )
        .join("\n"),
    );
  return stanzas.length > 0 ? `${[...new Set(stanzas)].join("\n\n")}\n` : undefined;
}

/** Stanzas of the deb822 format. */
function readStanzas(text: string): Source[] {
  return text.split(/\n(?:[ \t]*\n)+/).flatMap((part) => {
    const fields: Array<[string, string]> = [];
    for (const line of part.split("\n")) {
      if (line.startsWith("#")) continue;
      const field = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
      const last = fields.at(-1);
      if (field?.[1] !== undefined) fields.push([field[1], field[2] ?? ""]);
      else if (last && /^\s/.test(line)) last[1] += `\n${line}`;
    }
    const value = (name: string): string => fields.find((field) => field[0] === name)?.[1] ?? "";
    const suites = value("Suites").split(/\s+/).filter(Boolean);
    const isBinary = value("Types").split(/\s+/).includes("deb");
    if (!isBinary || suites.length === 0 || value("Enabled") === "no") return [];
    // Folder, types and architectures of the host say nothing about a guest.
    return [{ suites, fields: fields.map(([name, text]) => [name, name === "Types" ? "deb" : text]) }];
  });
}

// Options of the one-line format and the fields they are called in the other.
const optionFields: Readonly<Record<string, string>> = {
  "signed-by": "Signed-By",
  trusted: "Trusted",
  "check-valid-until": "Check-Valid-Until",
  "allow-insecure": "Allow-Insecure",
};

/** Lines of the one-line format, `deb [options] uri suite component...`. */
function readLines(text: string): Source[] {
  return text.split("\n").flatMap((line) => {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    const [, options = "", uri, suite, components] = match ?? [];
    if (uri === undefined || suite === undefined || components === undefined) return [];
    const extra = options.split(/\s+/).flatMap((option): Array<[string, string]> => {
      const [name = "", value = ""] = option.split("=");
      const field = optionFields[name.toLowerCase()];
      return field ? [[field, value.replaceAll(",", " ")]] : [];
    });
    return [
      {
        suites: [suite],
        fields: [["Types", "deb"], ["URIs", uri], ["Suites", suite], ["Components", components.trim()], ...extra],
      },
    ];
  });
}
