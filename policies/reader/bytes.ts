import { gunzipSync } from "node:zlib";
import { HostDraft } from "./draft";
import { limits } from "./limits";
import { Place } from "./place";

/** Whether bytes are what gzip makes (RFC 1952: its first two bytes). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The unpacked bytes, or null with a problem. */
export function gunzip(bytes: Uint8Array, draft: HostDraft, place: Place, what: string): Uint8Array | null {
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: Math.max(draft.unpackableBytes, 1) });
    draft.countUnpacked(unpacked.length);
    return unpacked;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      draft.unread(place, `${what} is not unpacked: it would be more than ${limits.unpackedBytes} bytes`);
    } else if (code === "Z_BUF_ERROR") {
      draft.broken(place, `${what} is gzip that has been cut off`);
    } else {
      draft.broken(place, `${what} is no valid gzip`);
    }
    return null;
  }
}

/** The bytes that base64 stands for, or null when it is none. Line breaks and spaces between are allowed, as everywhere. */
export function fromBase64(text: string): Uint8Array | null {
  const compact = text.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, "base64");
}

/** The text that bytes are in UTF-8, or null when they are none. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
