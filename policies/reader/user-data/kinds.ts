import { PartType } from "../host-view";

/** Parts as cloud-init knows them, before archives are taken apart. */
export const TextKind = {
  ...PartType,
  Archive: "cloud-config-archive",
  Jsonp: "cloud-config-jsonp",
  Handler: "part-handler",
} as const;
export type TextKind = (typeof TextKind)[keyof typeof TextKind];

/** First lines that tell cloud-init what a text is (its `INCLUSION_TYPES_MAP`); a longer one is asked before its beginning. */
const beginnings: readonly (readonly [string, TextKind])[] = [
  ["#include-once", TextKind.Include],
  ["#include", TextKind.Include],
  ["#!", TextKind.ShellScript],
  ["#cloud-config-archive", TextKind.Archive],
  ["#cloud-config-jsonp", TextKind.Jsonp],
  ["#cloud-config", TextKind.CloudConfig],
  ["#cloud-boothook", TextKind.Boothook],
  ["#part-handler", TextKind.Handler],
];

/** MIME types that cloud-init's handlers take. */
const mimeTypes: Readonly<Record<string, TextKind>> = {
  "text/cloud-config": TextKind.CloudConfig,
  "text/cloud-config-archive": TextKind.Archive,
  "text/cloud-config-jsonp": TextKind.Jsonp,
  "text/x-shellscript": TextKind.ShellScript,
  "text/x-shellscript-per-boot": TextKind.ShellScript,
  "text/x-shellscript-per-instance": TextKind.ShellScript,
  "text/x-shellscript-per-once": TextKind.ShellScript,
  "text/cloud-boothook": TextKind.Boothook,
  "text/x-include-url": TextKind.Include,
  "text/x-include-once-url": TextKind.Include,
  "text/part-handler": TextKind.Handler,
};

/** Types about which cloud-init asks the text itself; of a script it does so because other things are said to be one. */
const askedTypes = ["text/plain", "text/x-not-multipart", "text/x-shellscript"];

/** What a text says it is in its first line, or null. */
function kindByBeginning(content: string): TextKind | null {
  return beginnings.find(([beginning]) => content.startsWith(beginning))?.[1] ?? null;
}

/** What a text is, by its MIME type and its beginning; null when it is nothing that cloud-init knows. */
export function kindOf(content: string, type: string | null): TextKind | null {
  const told = type === null ? undefined : mimeTypes[type];
  if (type !== null && !askedTypes.includes(type)) return Object.hasOwn(mimeTypes, type) ? (told ?? null) : null;
  return kindByBeginning(content) ?? told ?? null;
}
