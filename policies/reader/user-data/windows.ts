import { HostDraft } from "../draft";
import { PartType } from "../host-view";
import { Part } from "./parts";
import { sourceLineOf, Text } from "./text";

/** Tags of EC2's launch agents that hold a script (EC2 user guide, "Run commands when you launch a Windows instance"). */
const scripts = [
  { tag: "powershell", type: PartType.PowerShell },
  { tag: "script", type: PartType.Batch },
] as const;

/** Whether user data is for Windows. */
export function isForWindows(text: Text): boolean {
  return /^\s*<(powershell|script|persist|powershellArguments)>/i.test(text.content);
}

/** The scripts in user data of Windows. */
export function windowsParts(text: Text, draft: HostDraft): Part[] {
  const found: Part[] = [];
  for (const { tag, type } of scripts) {
    const opening = new RegExp(`<${tag}>`, "gi");
    for (let match = opening.exec(text.content); match; match = opening.exec(text.content)) {
      const start = opening.lastIndex;
      const line = text.content.slice(0, start).split("\n").length;
      const end = text.content.toLowerCase().indexOf(`</${tag}>`, start);
      if (end < 0) {
        draft.broken(
          { file: text.name, line, sourceLine: sourceLineOf(text, line) },
          `has <${tag}> without </${tag}>, so the launch agent does not run it`,
        );
        break;
      }
      found.push({
        name: `${text.name}, <${tag}>`,
        type,
        content: text.content.slice(start, end),
        sourceLine: sourceLineOf(text, line),
        mergeType: null,
      });
      opening.lastIndex = end;
    }
  }
  return found;
}
