import { isMap, isScalar } from "yaml";
import { HostDraft } from "../draft";
import { limits } from "../limits";
import { Text, TypedText } from "./text";
import { readYaml } from "./yaml";

/** The texts in a `#cloud-config-archive`: a list of texts, or of mappings with `content` and `type`. */
export function archiveTexts(text: Text, draft: HostDraft): TypedText[] {
  const yaml = readYaml(text, draft);
  if (yaml === null) return [];
  const entries = yaml.items(yaml.root);
  if (entries === null) {
    draft.broken(yaml.place(yaml.root), "is no list, as an archive has to be");
    return [];
  }
  if (entries.length > limits.parts) {
    draft.unread(yaml.place(yaml.root), `has more than the ${limits.parts} parts that are read`);
  }
  return entries.slice(0, limits.parts).flatMap((entry, index) => {
    const map = isMap(entry) ? entry : null;
    const node = map ? yaml.member(map, "content") : entry;
    if (!isScalar(node) || typeof node.value !== "string") {
      draft.broken(yaml.place(entry), "is neither a text nor a mapping with a text as content");
      return [];
    }
    const fileName = map && yaml.string(map, "filename");
    return [
      {
        name: `${text.name}, part ${index + 1}${fileName === null ? "" : ` (${fileName})`}`,
        content: node.value,
        sourceLine: yaml.blockSourceLine(node),
        type: (map && yaml.string(map, "type"))?.toLowerCase() ?? null,
        mergeType: map && (yaml.string(map, "Merge-Type") ?? yaml.string(map, "X-Merge-Type")),
      },
    ];
  });
}
