import { isMap, isScalar, isSeq, Node, YAMLMap } from "yaml";
import { nearest } from "../../../components/app/nearest";
import { fromBase64, fromUtf8, gunzip } from "../bytes";
import { HostDraft } from "../draft";
import { PackageManager, ReadFile } from "../host-view";
import { absolutePath } from "../paths";
import { Shell } from "../shell/shell";
import { isList, Located, MergedConfig } from "./merge";
import { YamlText } from "./yaml";

/** The parts of cloud-config that are read. */
const Key = {
  Boot: "bootcmd",
  Files: "write_files",
  Users: "users",
  Packages: "packages",
  Run: "runcmd",
  Reboot: "power_state",
} as const;

/** Looks like `users`, but is a key of cloud-init as well. */
const lookAlike = "user";

/** Reads a cloud-config into the draft, in the order in which cloud-init acts on it. */
export function readCloudConfig(config: MergedConfig, draft: HostDraft): void {
  noteMisspelt(config, draft);
  runCommands(Key.Boot, config, draft);
  writeFiles(config, draft, false);
  readUsers(config, draft);
  readPackages(config, draft);
  writeFiles(config, draft, true);
  runCommands(Key.Run, config, draft);
  readReboot(config, draft);
}

/** cloud-init passes over keys that it does not know, without a word. */
function noteMisspelt(config: MergedConfig, draft: HostDraft): void {
  const known: readonly string[] = Object.values(Key);
  for (const [name, value] of config) {
    if (known.includes(name) || name === lookAlike) continue;
    const meant = nearest(name, known);
    const first = isList(value) ? value[0] : value;
    if (meant !== undefined && first) {
      draft.broken(
        first.yaml.place(first.node),
        `stands under "${name}", which cloud-init ignores; it is called "${meant}"`,
      );
    }
  }
}

/** The items of a list in the config; what is no list is a problem. */
function itemsOf(key: string, config: MergedConfig, draft: HostDraft): readonly Located[] {
  const value = config.get(key);
  if (value === undefined) return [];
  if (isList(value)) return value;
  const isNull = value.node === null || (isScalar(value.node) && value.node.value === null);
  if (!isNull) draft.broken(value.yaml.place(value.node), `${key} is no list, so cloud-init refuses it`);
  return [];
}

/** cloud-init makes one script of all items. */
function runCommands(key: string, config: MergedConfig, draft: HostDraft): void {
  const shell = new Shell(draft);
  for (const { yaml, node } of itemsOf(key, config, draft)) {
    if (node === null || (isScalar(node) && node.value === null)) continue;
    const place = yaml.place(node);
    if (isScalar(node) && typeof node.value === "string") {
      shell.runScript({ content: node.value, placeOf: (line) => yaml.placeIn(node, line) });
      continue;
    }
    const words = isSeq(node) ? node.items.map((item) => scalarText(yaml.resolve(item))) : [null];
    if (words.every((word) => word !== null)) {
      shell.runWords(words, place);
    } else {
      draft.broken(
        place,
        `in ${key} is neither a text nor a list of texts, so nothing of ${key} is run; put quotes around it`,
      );
    }
  }
}

function scalarText(node: Node | null): string | null {
  if (!isScalar(node)) return null;
  const { value } = node;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function writeFiles(config: MergedConfig, draft: HostDraft, deferred: boolean): void {
  for (const { yaml, node } of itemsOf(Key.Files, config, deferred ? new HostDraft("") : draft)) {
    if (!isMap(node)) {
      if (!deferred) draft.broken(yaml.place(node), "in write_files is no mapping");
    } else if (isTrue(yaml.member(node, "defer")) === deferred) {
      writeFile(node, yaml, draft);
    }
  }
}

function writeFile(entry: YAMLMap, yaml: YamlText, draft: HostDraft): void {
  const place = yaml.place(entry);
  const path = absolutePath(yaml.string(entry, "path") ?? "");
  if (path === null) {
    draft.broken(place, "in write_files has no path that a file can have");
    return;
  }
  const content = yaml.member(entry, "content");
  const encoding = (yaml.string(entry, "encoding") ?? "").trim().toLowerCase();
  const isPlain = isScalar(content) && typeof content.value === "string" && !isEncoded(encoding);
  const file: ReadFile = {
    path,
    content: yaml.member(entry, "source") ? null : decodeContent(content, encoding, yaml, draft, path),
    mode: octal(yaml.member(entry, "permissions")),
    owner: yaml.string(entry, "owner"),
    place,
    sourceLine: isPlain ? yaml.blockSourceLine(content) : null,
  };
  if (isTrue(yaml.member(entry, "append"))) draft.append(file);
  else draft.write(file);
}

const isEncoded = (encoding: string): boolean => /^(gz|gzip|b64|base64|(gz|gzip)\+(b64|base64))$/.test(encoding);

/** The text of a file, through the encodings that cloud-init knows; null, with a problem, when it is none. */
function decodeContent(
  node: Node | null,
  encoding: string,
  yaml: YamlText,
  draft: HostDraft,
  path: string,
): string | null {
  const place = yaml.place(node);
  if (node === null || (isScalar(node) && node.value === null)) return "";
  const given = isScalar(node) && node.value instanceof Uint8Array ? node.value : scalarText(node);
  if (given === null) {
    draft.broken(place, `is the content of ${path}, but no text`);
    return null;
  }
  if (encoding !== "" && encoding !== "text/plain" && !isEncoded(encoding)) {
    draft.broken(place, `has an encoding that cloud-init does not know, so ${path} is written as it stands`);
  }
  if (!isEncoded(encoding)) return typeof given === "string" ? given : textOf(given);
  let bytes: Uint8Array | null = typeof given === "string" ? Buffer.from(given, "utf8") : given;
  if (/b64|base64/.test(encoding)) {
    bytes = fromBase64(Buffer.from(bytes).toString("latin1"));
    if (bytes === null) draft.broken(place, `is the content of ${path} and said to be base64, but is none`);
  }
  if (bytes !== null && encoding.startsWith("gz")) bytes = gunzip(bytes, draft, place, `the content of ${path}`);
  return bytes === null ? null : textOf(bytes);
}

/** Null for what is no text, e.g. a program: a file may be that. */
const textOf = (bytes: Uint8Array): string | null => fromUtf8(bytes);

function octal(node: Node | null): string | null {
  if (!isScalar(node)) return null;
  if (typeof node.value === "number") return Math.trunc(node.value).toString(8).padStart(4, "0");
  return typeof node.value === "string" && /^(0o)?[0-7]{1,5}$/.test(node.value)
    ? node.value.replace(/^0o/, "").padStart(4, "0")
    : null;
}

const isTrue = (node: Node | null): boolean => isScalar(node) && (node.value === true || node.value === "true");

function readUsers(config: MergedConfig, draft: HostDraft): void {
  const value = config.get(Key.Users);
  if (value === undefined) return;
  for (const { yaml, node } of isList(value) ? value : [value]) {
    const name = isMap(node) ? yaml.string(node, "name") : scalarText(node);
    if (name !== null && name !== "default") draft.users.push({ name, place: yaml.place(node) });
  }
}

function readPackages(config: MergedConfig, draft: HostDraft): void {
  for (const { yaml, node } of itemsOf(Key.Packages, config, draft)) readPackage(node, yaml, draft);
}

/** A name, a name with its version, or (cloud-init 23.4 and later) a mapping from a manager to such names. */
function readPackage(node: Node | null, yaml: YamlText, draft: HostDraft): void {
  if (isMap(node)) {
    for (const pair of node.items) for (const item of yaml.items(pair.value) ?? []) readPackage(item, yaml, draft);
    return;
  }
  const name = scalarText(yaml.items(node)?.[0] ?? node);
  if (name !== null) draft.packages.push({ name, manager: PackageManager.System, place: yaml.place(node) });
  else draft.broken(yaml.place(node), "in packages is no name");
}

/** A machine that starts anew at the end of its first boot, so that what is enabled runs. */
function readReboot(config: MergedConfig, draft: HostDraft): void {
  const value = config.get(Key.Reboot);
  if (value === undefined || isList(value) || !isMap(value.node)) return;
  if (value.yaml.string(value.node, "mode") === "reboot") {
    draft.commands.push({ words: ["reboot"], place: value.yaml.place(value.node) });
  }
}
