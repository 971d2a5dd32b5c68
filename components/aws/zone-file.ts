/** A record of a zone, as the owner of a domain is asked to create it. */
export interface ZoneFileRecord {
  /** The domain, with or without a dot at its end. */
  name: string;
  /** e.g. `CNAME`. */
  type: string;
  /** What follows the type, written by `domainName`, `caa` or as an address. */
  data: string;
}

/** How long resolvers may keep a record, in seconds. The address hardly ever changes, a mistake wants to be over soon. */
export const keptSeconds = 300;

/**
 * Records as a zone file (RFC 1035, section 5), which most providers of DNS can import. Every name is a full one, so it does
 * not matter for which zone it is read.
 *
 * @param notes said in front, as comments
 */
export function zoneFile(records: readonly ZoneFileRecord[], notes: readonly string[] = []): string {
  const comments = notes.map((note) => `; ${note.replace(/[^\x20-\x7e]+/g, " ")}\n`);
  const lines = records.map(({ name, type, data }) => `${domainName(name)} ${keptSeconds} IN ${type} ${data}\n`);
  return [...comments, ...lines].join("");
}

/** A full domain name, with its dot. What is special in a zone file is escaped in its labels. */
export function domainName(name: string): string {
  const labels = name.replace(/\.$/, "").split(".");
  return `${labels.map((label) => escaped(label, /[^A-Za-z0-9_*-]/gu)).join(".")}.`;
}

/** The data of a CAA record (RFC 8659, section 4.1.1). */
export function caa(tag: string, value: string): string {
  return `0 ${tag} ${characterString(value)}`;
}

/** Longest text between quotes, in bytes (RFC 1035, section 3.3). */
const longestString = 255;

/** A text between quotes (RFC 1035, section 5.1). @throws when it is too long to be one */
export function characterString(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > longestString) throw new Error(`a text of ${bytes} bytes; a record can hold ${longestString} of them`);
  return `"${escaped(text, /["\\]|[^\x20-\x7e]/gu)}"`;
}

/** Each byte of the letters that match, as three decimal digits behind a backslash. */
function escaped(text: string, special: RegExp): string {
  return text.replace(special, (letter) =>
    [...Buffer.from(letter)].map((byte) => `\\${String(byte).padStart(3, "0")}`).join(""),
  );
}
