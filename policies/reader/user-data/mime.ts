import { fromBase64, fromUtf8, gunzip } from "../bytes";
import { HostDraft } from "../draft";
import { limits } from "../limits";
import { sourceLineOf, Text, TypedText } from "./text";

/** cloud-init takes user data for a MIME message when these words are in its beginning (its `convert_string`). */
const mark = /mime-version:/i;
const markWithin = 4096;

/** Types that cloud-init unpacks before it looks at them (its `DECOMP_TYPES`). */
const packed = /^application\/(gzip(-compressed|ped)?|x-(compress(ed)?|gunzip|gzip(-compressed)?))$/;

/** Whether cloud-init reads a text as a MIME message. */
export function isMime(text: Text): boolean {
  return mark.test(text.content.slice(0, markWithin));
}

/** Whether a text is a MIME message that cloud-init does not take for one. */
export function isUnmarkedMime(text: Text): boolean {
  return /^\s*content-type:\s*multipart\//i.test(text.content.slice(0, markWithin)) && !isMime(text);
}

/** The texts that a MIME message carries (RFC 2045, RFC 2046), those of messages inside it as well. */
export function mimeParts(text: Text, draft: HostDraft, depth = 0): TypedText[] {
  const lines = text.content.split(/\r?\n/);
  const { headers, bodyLine } = readHeaders(lines);
  const type = mediaType(headers.get("content-type") ?? "text/plain");
  const place = { file: text.name, line: 1, sourceLine: sourceLineOf(text, 1) };
  if (!type.name.startsWith("multipart/")) {
    const body = { ...text, content: lines.slice(bodyLine - 1).join("\n"), sourceLine: sourceLineOf(text, bodyLine) };
    const decoded = decodeBody(body, type, headers, draft);
    return decoded === null ? [] : [decoded];
  }
  if (depth >= limits.nesting) {
    draft.unread(place, `messages are nested more than ${limits.nesting} deep`);
    return [];
  }
  const { boundary } = type;
  if (boundary === null) {
    draft.broken(place, "is a multipart message whose Content-Type has no boundary");
    return [];
  }
  const { ranges, isClosed } = findParts(lines, boundary);
  if (ranges.length === 0) draft.broken(place, "is a multipart message in which its boundary does not occur");
  else if (!isClosed) draft.broken(place, "is a multipart message without its closing boundary: it has been cut off");
  if (ranges.length > limits.parts) draft.unread(place, `has more than the ${limits.parts} parts that are read`);
  return ranges.slice(0, limits.parts).flatMap(({ from, to }, index) =>
    mimeParts(
      {
        name: `${text.name}, part ${index + 1}`,
        content: lines.slice(from, to).join("\n"),
        sourceLine: sourceLineOf(text, from + 1),
      },
      draft,
      depth + 1,
    ),
  );
}

interface Headers {
  readonly headers: ReadonlyMap<string, string>;
  /** Line that the body begins on, from 1. */
  readonly bodyLine: number;
}

/** Headers up to the first empty line. What does not look like one is body already, as for Python's reader. */
function readHeaders(lines: readonly string[]): Headers {
  const headers = new Map<string, string>();
  let last: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === "") return { headers, bodyLine: index + 2 };
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      last = name.toLowerCase();
      if (!headers.has(last)) headers.set(last, value);
    } else if (/^[ \t]/.test(line) && last !== undefined) {
      headers.set(last, `${headers.get(last) ?? ""} ${line.trim()}`);
    } else if (!(index === 0 && line.startsWith("From "))) {
      return { headers, bodyLine: index + 1 };
    }
  }
  return { headers, bodyLine: lines.length + 1 };
}

interface MediaType {
  /** e.g. `multipart/mixed`, in lower case. */
  readonly name: string;
  readonly boundary: string | null;
}

function mediaType(header: string): MediaType {
  const name = (header.split(";")[0] ?? "").trim().toLowerCase();
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(header) ?? [];
  return { name, boundary: quoted ?? plain ?? null };
}

/** Line ranges of the parts, from 0, `to` not included; the line break before a boundary belongs to the boundary. */
function findParts(
  lines: readonly string[],
  boundary: string,
): { ranges: { from: number; to: number }[]; isClosed: boolean } {
  const ranges: { from: number; to: number }[] = [];
  let from: number | undefined;
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trimEnd();
    const closes = trimmed === `--${boundary}--`;
    if (trimmed !== `--${boundary}` && !closes) continue;
    if (from !== undefined) ranges.push({ from, to: index });
    if (closes) return { ranges, isClosed: true };
    from = index + 1;
  }
  if (from !== undefined) ranges.push({ from, to: lines.length });
  return { ranges, isClosed: false };
}

function decodeBody(
  body: Text,
  type: MediaType,
  headers: ReadonlyMap<string, string>,
  draft: HostDraft,
): TypedText | null {
  const place = { file: body.name, line: 1, sourceLine: body.sourceLine };
  const mergeType = headers.get("merge-type") ?? headers.get("x-merge-type") ?? null;
  const fileName = /filename\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(headers.get("content-disposition") ?? "");
  const name = fileName ? `${body.name} (${fileName[1] ?? fileName[2] ?? ""})` : body.name;
  const isPacked = packed.test(type.name);
  const typed = { name, mergeType, type: isPacked ? null : type.name };

  const encoding = (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  if (encoding !== "base64" && encoding !== "quoted-printable" && !isPacked) return { ...body, ...typed };
  const bytes =
    encoding === "base64"
      ? fromBase64(body.content)
      : encoding === "quoted-printable"
        ? fromQuotedPrintable(body.content)
        : Buffer.from(body.content, "latin1");
  if (bytes === null) {
    draft.broken(place, "is said to be base64, but is none");
    return null;
  }
  const unpacked = isPacked ? gunzip(bytes, draft, place, "the part") : bytes;
  if (unpacked === null) return null;
  const content = fromUtf8(unpacked);
  if (content === null) draft.broken(place, "is no text in UTF-8");
  return content === null ? null : { content, sourceLine: null, ...typed };
}

function fromQuotedPrintable(text: string): Uint8Array {
  const joined = text.replace(/=[ \t]*\r?\n/g, "");
  const bytes = Buffer.from(joined, "utf8").toString("latin1");
  return Buffer.from(
    bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
}
