/** Folders of the system manager, by specifier (systemd.unit(5), "Specifiers"). */
const folders: Readonly<Record<string, string>> = {
  C: "/var/cache",
  E: "/etc",
  L: "/var/log",
  S: "/var/lib",
  T: "/tmp",
  V: "/var/tmp",
  h: "/root",
  t: "/run",
};

/** systemd's UNIT_NAME_MAX, less the byte that ends a name. */
const longest = 255;

/** The parts that a unit's name has: `app@blue.service` is an instance `blue` of `app@.service`. */
export interface UnitName {
  /** Before the `@`, or all but the suffix. */
  readonly prefix: string;
  /** Null for a unit that is no instance; empty for a template. */
  readonly instance: string | null;
  /** e.g. `service`. */
  readonly type: string;
}

/** Takes the name of a unit apart; null when it is none. */
export function unitName(name: string): UnitName | null {
  if (name.length > longest) return null;
  const match =
    /^([\w:.\\-]+?)(?:@([^/]*))?\.(service|socket|timer|target|path|mount|automount|swap|slice|scope|device)$/.exec(
      name,
    );
  const [, prefix, instance, type] = match ?? [];
  return prefix === undefined || type === undefined ? null : { prefix, instance: instance ?? null, type };
}

/** The file that an instance is made from, `app@.service` of `app@blue.service`; null for what is no instance. */
export function templateOf(name: string): string | null {
  const parts = unitName(name);
  return parts?.instance ? `${parts.prefix}@.${parts.type}` : null;
}

/** A value with the specifiers replaced that can be told before there is a host; the others stay as they are. */
export function replaceSpecifiers(value: string, name: string): string {
  const parts = unitName(name);
  return value.replace(/%(.)/g, (whole, letter: string) => {
    switch (letter) {
      case "%":
        return "%";
      case "n":
        return name;
      case "N":
        return name.replace(/\.[a-z]+$/, "");
      case "p":
      case "P":
        return parts?.prefix ?? whole;
      case "i":
      case "I":
        // The other form takes back the escapes, of which a plain name has none.
        return typeof parts?.instance === "string" && (letter === "i" || !/[\\-]/.test(parts.instance))
          ? parts.instance
          : whole;
      default:
        return Object.hasOwn(folders, letter) ? (folders[letter] ?? whole) : whole;
    }
  });
}
