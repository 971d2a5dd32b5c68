import { HostDraft } from "../draft";
import { sourceLineOf, TypedText } from "./text";

/** First line of what cloud-init fills in before it reads it. */
const templateLine = /^##[ \t]*template:[ \t]*jinja[^\n]*\n/i;

/** A template without the line that says that it is one. What it fills in is known only on the host. */
export function withoutTemplateLine(text: TypedText, draft: HostDraft): TypedText {
  const isTyped = text.type === "text/jinja2";
  const line = templateLine.exec(text.content)?.[0];
  if (line === undefined && !isTyped) return text;
  const content = text.content.slice(line?.length ?? 0);
  const sourceLine = sourceLineOf(text, line === undefined ? 1 : 2);
  if (/\{[{%]/.test(content)) {
    draft.unread(
      { file: text.name, line: 1, sourceLine: text.sourceLine },
      "is a template; what cloud-init fills in is known only on the host",
    );
  }
  return { ...text, type: isTyped ? null : text.type, content, sourceLine };
}
