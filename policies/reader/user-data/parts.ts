import { HostDraft } from "../draft";
import { PartType } from "../host-view";
import { limits } from "../limits";
import { archiveTexts } from "./archive";
import { kindOf, TextKind } from "./kinds";
import { isMime, isUnmarkedMime, mimeParts } from "./mime";
import { withoutTemplateLine } from "./template";
import { sourceLineOf, Text, TypedText } from "./text";
import { isForWindows, windowsParts } from "./windows";

/** A part of user data that has something to say about the host. */
export interface Part extends Text {
  readonly type: PartType;
  readonly mergeType: string | null;
}

/** Takes user data apart, as cloud-init or (on Windows) EC2Launch does. Notes all parts, and what cannot be read. */
export function splitParts(text: Text, draft: HostDraft): Part[] {
  if (text.content.trim() === "") return [];
  const parts = isForWindows(text) ? windowsParts(text, draft) : linuxParts(text, draft);
  for (const { name, type, content, sourceLine } of parts) draft.parts.push({ name, type, content, sourceLine });
  return parts;
}

function linuxParts(text: Text, draft: HostDraft): Part[] {
  if (isUnmarkedMime(text)) {
    draft.broken(
      { file: text.name, line: 1, sourceLine: sourceLineOf(text, 1) },
      "is a multipart message without the header MIME-Version, so cloud-init does not take it for one",
    );
  }
  const texts: TypedText[] =
    isMime(text) || isUnmarkedMime(text) ? mimeParts(text, draft) : [{ ...text, type: null, mergeType: null }];
  return texts.flatMap((one) => partsOf(one, draft, 0));
}

function partsOf(given: TypedText, draft: HostDraft, depth: number): Part[] {
  const text = withoutTemplateLine(given, draft);
  const kind = kindOf(text.content, text.type);
  const place = { file: text.name, line: 1, sourceLine: sourceLineOf(text, 1) };
  switch (kind) {
    case TextKind.Archive:
      if (depth < limits.nesting) return archiveTexts(text, draft).flatMap((one) => partsOf(one, draft, depth + 1));
      draft.unread(place, `archives are nested more than ${limits.nesting} deep`);
      return [];
    case TextKind.Include:
      draft.opaque.push({ what: "user data that is fetched from elsewhere", place });
      draft.unread(place, "names addresses from which more user data is fetched; that is not read");
      return [{ ...text, type: PartType.Include }];
    case TextKind.Jsonp:
    case TextKind.Handler:
      draft.opaque.push({ what: "a part that changes how other parts are read", place });
      draft.unread(place, `is a ${kind}, which is not read`);
      return [{ ...text, type: PartType.Other }];
    case null:
      if (text.content.trim() === "") return [];
      noteUnknown(text, draft);
      return [{ ...text, type: PartType.Other }];
    default:
      return [{ ...text, type: kind }];
  }
}

/** Text that cloud-init passes over without an error: the usual reason why "nothing happens" on a new machine. */
function noteUnknown(text: TypedText, draft: HostDraft): void {
  const place = { file: text.name, line: 1, sourceLine: sourceLineOf(text, 1) };
  if (text.type !== null && kindOf(text.content, null) !== null) {
    draft.broken(place, `has the MIME type ${text.type}, of which cloud-init knows nothing; its first line is ignored`);
  } else if (kindOf(text.content.trimStart(), null) !== null) {
    draft.broken(place, "has white space before its first line, so cloud-init does not know what it is");
  } else if (isForAnotherSystem(text.content)) {
    draft.opaque.push({ what: "user data of another system", place });
    draft.unread(place, "is neither for cloud-init nor for Windows; it is not read");
  } else {
    draft.broken(place, 'begins with no line that cloud-init knows, such as "#cloud-config" or "#!/bin/sh"');
  }
}

/** JSON of Ignition (Flatcar, CoreOS) and TOML of Bottlerocket, which take user data of their own. */
function isForAnotherSystem(content: string): boolean {
  return /^\s*\{\s*"/.test(content) || /^\s*\[settings[.\]]/m.test(content);
}
