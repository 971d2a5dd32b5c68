import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Graph } from "./graph";

/** Colours that read on a white page and on a dark one. */
const ink = "#5b6b7d";
const fill = "#eef3f8";
const text = "#1c2733";

/** Draws a picture as SVG: from left to right, always the same for the same picture. */
export async function draw(graph: Graph): Promise<string> {
  const graphviz = await Graphviz.load();
  // Without the comments that name the drawing program's version and the time.
  return graphviz.dot(dot(graph)).replaceAll(/<!--.*?-->\n?/gs, "");
}

/** A picture in Graphviz's language. */
export function dot({ nodes, edges }: Graph): string {
  const lines = [
    'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.35; ranksep=0.7;',
    `node [shape=box style="rounded,filled" color="${ink}" fillcolor="${fill}" fontcolor="${text}" fontname="Helvetica" fontsize=11 margin="0.18,0.1"];`,
    `edge [color="${ink}" fontcolor="${ink}" fontname="Helvetica" fontsize=10 arrowsize=0.7];`,
    ...nodes.map((node) => `${word(node.id)} [label=${word(node.lines.join("\n"))}];`),
    ...edges.map(({ from, to, label }) => `${word(from)} -> ${word(to)} [label=${word(label)}];`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** A quoted string; in labels a backslash begins an escape (Graphviz, "The DOT Language", "escString"). */
function word(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
