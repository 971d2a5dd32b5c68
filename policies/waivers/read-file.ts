import { isNode } from "yaml";
import { Problem } from "../../components/app/problem";
import { object, read } from "../../components/app/validation/shape";
import { Place } from "../finding";
import { readYaml, YamlFile } from "../input/yaml-file";
import { checkedWaivers, ReadWaivers, waiversShape } from "./read";
import { Waiver } from "./waiver";

/**
 * Reads a file of waivers: YAML with a list `waivers`.
 *
 * @param ruleIds the rules that there are
 */
export function readWaiversFile(content: string, file: string, ruleIds: readonly string[]): ReadWaivers {
  const { data, problems: syntax, ...yaml } = readYaml(content);
  if (syntax.length > 0) return { waivers: [], problems: syntax };
  const problems: Problem[] = [];
  const whole = read(object<{ waivers: unknown }>({ waivers: waiversShape }, ["waivers"]), data, "", problems);
  const given = (whole as { waivers?: Partial<Waiver>[] } | undefined)?.waivers ?? [];
  const placed = given.map((waiver, index) => ({ ...waiver, place: placeOf(yaml, index, file) }));
  return checkedWaivers(placed, "waivers", ruleIds, problems);
}

function placeOf({ document, lines }: Pick<YamlFile, "document" | "lines">, index: number, file: string): Place | null {
  const node = document.getIn(["waivers", index], true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? null : { file, line: lines.linePos(start).line };
}
