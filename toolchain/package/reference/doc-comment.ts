import * as ts from "typescript";

/** What a doc comment says. */
export interface DocComment {
  /** The text before the tags; empty where there is none. */
  text: string;
  /** Of `@default`. */
  defaultText?: string;
  /** Of `@example`. */
  example?: string;
}

/** The doc comment of a declaration; of several the last one, as TypeScript has it. */
export function docComment(node: ts.Node): DocComment {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  return {
    text: oneLine(comment?.comment),
    defaultText: tagText(comment, "default", oneLine),
    example: tagText(comment, "example", trimmed),
  };
}

type CommentText = string | ts.NodeArray<ts.JSDocComment> | undefined;

function tagText(comment: ts.JSDoc | undefined, name: string, read: (text: CommentText) => string): string | undefined {
  const tag = comment?.tags?.find((one) => one.tagName.text === name);
  return tag && read(tag.comment);
}

const trimmed = (text: CommentText): string => (ts.getTextOfJSDocComment(text) ?? "").trim();

const oneLine = (text: CommentText): string => trimmed(text).replace(/\s+/g, " ");
