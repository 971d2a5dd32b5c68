import { Alias, isAlias, isMap, isScalar, isSeq, LineCounter, Node, parseDocument, Scalar, visit, YAMLMap } from "yaml";
import { HostDraft } from "../draft";
import { limits } from "../limits";
import { Place } from "../place";
import { sourceLineOf, Text } from "./text";

/** The commonest faults, in words that do not repeat the text. */
const faults: Readonly<Record<string, string>> = {
  BAD_INDENT: "is no valid YAML: the indentation does not fit",
  BLOCK_AS_IMPLICIT_KEY: "is no valid YAML: a block stands where a key is expected",
  MISSING_CHAR: "is no valid YAML: a character such as a closing quote or bracket is missing",
  MULTILINE_IMPLICIT_KEY: "is no valid YAML: a key goes over several lines",
  TAB_AS_INDENT: "is no valid YAML: a tab stands in the indentation",
  UNEXPECTED_TOKEN: "is no valid YAML: something stands where it cannot",
  MULTIPLE_DOCS: "is more than one YAML document; cloud-init takes one",
};

/**
 * Reads YAML by the rules of version 1.1, as cloud-init's reader does (`yes` is true, `0644` is octal). Null, with
 * problems, when it is none; they say where, never what, as the text may hold secrets.
 */
export function readYaml(text: Text, draft: HostDraft): YamlText | null {
  const yaml = new YamlText(text);
  if (text.content.length > limits.yamlLength) {
    draft.unread(yaml.placeAt(0), `is longer than the ${limits.yamlLength} characters of YAML that are read`);
    return null;
  }
  try {
    return yaml.read(draft) ? yaml : null;
  } catch (error) {
    // Reader and visitor call themselves for each level of nesting.
    if (!(error instanceof RangeError)) throw error;
    draft.unread(yaml.placeAt(0), "is nested too deeply to be read");
    return null;
  }
}

/** YAML of which the reader asks for single nodes, so that each keeps its place. */
export class YamlText {
  private contents: unknown = null;
  private readonly counter = new LineCounter();
  private readonly targets = new Map<Alias, Node>();
  private readonly members = new Map<YAMLMap, ReadonlyMap<unknown, unknown>>();

  constructor(private readonly text: Text) {}

  get root(): Node | null {
    return this.resolve(this.contents);
  }

  read(draft: HostDraft): boolean {
    const document = parseDocument(this.text.content, {
      version: "1.1",
      lineCounter: this.counter,
      prettyErrors: false,
      logLevel: "silent",
      // Its own search for keys that are there twice compares each with each.
      uniqueKeys: false,
    });
    for (const { code, pos } of document.errors) {
      draft.broken(this.placeAt(pos[0]), faults[code] ?? `is no valid YAML (${code})`);
    }
    if (document.errors.length > 0) return false;
    this.contents = document.contents;
    return this.inspect(draft);
  }

  place(node: unknown): Place {
    return this.placeAt(isNode(node) ? node.range?.[0] : undefined);
  }

  placeAt(offset = 0): Place {
    const line = Math.max(this.counter.linePos(offset).line, 1);
    return { file: this.text.name, line, sourceLine: sourceLineOf(this.text, line) };
  }

  /** The place of a line of a text, from 1: of a literal block its own, of any other the line that the text begins on. */
  placeIn(node: Scalar, line: number): Place {
    if (node.type !== Scalar.BLOCK_LITERAL || !node.range) return this.place(node);
    const own = this.counter.linePos(node.range[0]).line + line;
    return { file: this.text.name, line: own, sourceLine: sourceLineOf(this.text, own) };
  }

  /** A node, or the one that it is an alias of; null when there is none. */
  resolve(node: unknown): Node | null {
    if (isAlias(node)) return this.targets.get(node) ?? null;
    return isNode(node) ? node : null;
  }

  /** Items of a list; null when it is none. */
  items(node: unknown): (Node | null)[] | null {
    const list = this.resolve(node);
    return isSeq(list) ? list.items.map((item) => this.resolve(item)) : null;
  }

  /** The value of a key, also of one that is merged in (`<<`); the last one counts. */
  member(map: YAMLMap, key: string): Node | null {
    const own = this.membersOf(map);
    if (own.has(key)) return this.resolve(own.get(key));
    for (const pair of map.items) {
      if (!isMergeKey(pair.key)) continue;
      for (const merged of this.items(pair.value) ?? [this.resolve(pair.value)]) {
        const others = isMap(merged) ? this.membersOf(merged) : undefined;
        if (others?.has(key)) return this.resolve(others.get(key));
      }
    }
    return null;
  }

  /** Keys and values of a mapping itself; of a key that is there twice, the last value. */
  private membersOf(map: YAMLMap): ReadonlyMap<unknown, unknown> {
    const known = this.members.get(map);
    if (known) return known;
    const members = new Map<unknown, unknown>(map.items.map(({ key, value }) => [keyOf(key), value]));
    this.members.set(map, members);
    return members;
  }

  /** A text that is the value of a key; null when it is none. */
  string(map: YAMLMap, key: string): string | null {
    const node = this.member(map, key);
    return isScalar(node) && typeof node.value === "string" ? node.value : null;
  }

  /** Line of the source that a literal block's text begins on; null where the lines are not those of the source. */
  blockSourceLine(node: Scalar): number | null {
    if (node.type !== Scalar.BLOCK_LITERAL || !node.range) return null;
    return sourceLineOf(this.text, this.counter.linePos(node.range[0]).line + 1);
  }

  /** Finds what each alias stands for, and keys that are there twice. */
  private inspect(draft: HostDraft): boolean {
    const anchors = new Map<string, Node>();
    let isSound = true;
    visit(this.contents as Node | null, {
      Node: (_, node) => {
        if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
      },
      Map: (_, map) => {
        if (map.anchor !== undefined) anchors.set(map.anchor, map);
        const seen = new Set<unknown>();
        for (const { key } of map.items) {
          const name = keyOf(key);
          if (seen.has(name)) draft.broken(this.place(key), "has a key twice; only the last one counts");
          if (!isMergeKey(key)) seen.add(name);
        }
      },
      Alias: (_, alias) => {
        const target = anchors.get(alias.source);
        if (target) return void this.targets.set(alias, target);
        draft.broken(this.place(alias), "is no valid YAML: an alias stands for nothing");
        isSound = false;
      },
    });
    return isSound;
  }
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

/** `<<`, for which the parser has a symbol. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
}
