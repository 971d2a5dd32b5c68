import { fromBase64, fromUtf8, gunzip, isGzip } from "../bytes";
import { HostDraft } from "../draft";
import { limits } from "../limits";
import { Place } from "../place";
import { Text } from "./text";

/** How user data is handed over. */
export const UserDataEncoding = {
  /** Found out: base64 when it decodes to something that user data begins with. */
  Auto: "auto",
  /** Base64, such as `userDataBase64` of an instance and `userData` of a launch template. */
  Base64: "base64",
  /** As the host gets it. */
  Plain: "plain",
} as const;
export type UserDataEncoding = (typeof UserDataEncoding)[keyof typeof UserDataEncoding];

/** What decoded user data begins with: a comment that names its kind, a MIME header, a tag of Windows' own. */
const beginnings = /^\s*(#|<(powershell|script|persist)>|(content-type|mime-version|from) ?)/i;

/** The text of user data, out of base64 and gzip; null with a problem where there is none. */
export function unwrap(data: string | Uint8Array, encoding: UserDataEncoding, draft: HostDraft): Text | null {
  const name = draft.source;
  const place: Place = { file: name, line: null, sourceLine: null };
  if (data.length > limits.textLength) {
    draft.unread(place, `is larger than the ${limits.textLength} bytes that are read`);
    return null;
  }
  const wrapped = typeof data === "string" ? fromText(data, encoding, draft, place) : data;
  if (wrapped === null || typeof wrapped === "string") {
    return wrapped === null ? null : { name, content: withoutMark(wrapped), sourceLine: 1 };
  }
  const bytes = isGzip(wrapped) ? gunzip(wrapped, draft, place, "user data") : wrapped;
  if (bytes === null) return null;
  const content = fromUtf8(bytes);
  if (content === null) draft.broken(place, "is neither text in UTF-8 nor gzip");
  return content === null ? null : { name, content, sourceLine: bytes === wrapped ? 1 : null };
}

function fromText(
  data: string,
  encoding: UserDataEncoding,
  draft: HostDraft,
  place: Place,
): string | Uint8Array | null {
  if (encoding === UserDataEncoding.Base64) {
    const bytes = fromBase64(data);
    if (bytes === null) draft.broken(place, "is said to be base64, but is none");
    return bytes;
  }
  // U+FFFD is what is left of gzip's second byte after something took the bytes for text.
  if (/^\u001f[\u008b\ufffd]/.test(data)) {
    draft.broken(place, "is gzip that was handed over as text, which spoils it; hand it over in base64");
    return null;
  }
  if (encoding === UserDataEncoding.Plain || beginnings.test(data)) return data;
  const bytes = fromBase64(data);
  return bytes !== null && bytes.length > 0 && (isGzip(bytes) || beginnings.test(fromUtf8(bytes) ?? "")) ? bytes : data;
}

/** Without the byte order mark that editors on Windows begin files with. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
