import { bootstrapPath } from "../../components/host/cloud-init/units";
import { HostDraft } from "./draft";
import { HostView, PartType } from "./host-view";
import { fillFromPlan } from "./plan/fill";
import { isPlan, parsePlan } from "./plan/parse";
import { Shell } from "./shell/shell";
import { readCloudConfig } from "./user-data/cloud-config";
import { mergeConfigs } from "./user-data/merge";
import { Part, splitParts } from "./user-data/parts";
import { sourceLineOf } from "./user-data/text";
import { unwrap, UserDataEncoding } from "./user-data/unwrap";
import { packagedNginx } from "./nginx/configuration";
import { viewOfSource } from "./view";

/**
 * Reads user data of any kind: cloud-config, scripts, MIME messages, archives, plain, packed, or in base64. Never fails:
 * what is wrong, or cannot be read, is among the view's problems.
 *
 * @param source name for places that are in no file of the host, e.g. `user data of web`
 */
export function readUserData(
  data: string | Uint8Array,
  source: string,
  encoding: UserDataEncoding = UserDataEncoding.Auto,
): HostView {
  return viewOfSource(source, (draft) => {
    const text = unwrap(data, encoding, draft);
    const parts = text === null ? [] : splitParts(text, draft);
    const ofType = (type: PartType): Part[] => parts.filter((part) => part.type === type);
    // The order in which cloud-init acts on them.
    for (const part of ofType(PartType.Boothook)) runScript(part, draft);
    readCloudConfig(mergeConfigs(ofType(PartType.CloudConfig), draft), draft);
    for (const part of ofType(PartType.ShellScript)) runScript(part, draft);
    readInlinePlan(draft);
    return packagedNginx;
  });
}

/** The plan that Landfall's bootstrap carries along, where it has no store. */
function readInlinePlan(draft: HostDraft): void {
  if (draft.file(bootstrapPath) === undefined) return;
  const file = draft.finish().files.find(({ content }) => content !== null && isPlan(content));
  if (typeof file?.content !== "string") return;
  const plan = parsePlan(file.content, draft, file.place);
  if (plan !== null) fillFromPlan(draft, plan, file.place);
}

function runScript(part: Part, draft: HostDraft): void {
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(part.content);
  const place = { file: part.name, line: 1, sourceLine: sourceLineOf(part, 1) };
  const program = interpreter?.[1]?.endsWith("/env") ? interpreter[2] : interpreter?.[1];
  if (program !== undefined && !/(^|\/)(ba|da|k|z|a)?sh$/.test(program)) {
    draft.opaque.push({ what: "a script in another language than a shell's", place });
    return;
  }
  new Shell(draft).runScript({
    content: part.content,
    placeOf: (line) => ({ file: part.name, line, sourceLine: sourceLineOf(part, line) }),
  });
}
