/** Something in a picture. */
export interface Node {
  id: string;
  /** What is written on it; the first line is its name. */
  lines: readonly string[];
}

/** What leads from one to another. */
export interface Edge {
  from: string;
  to: string;
  /** What is written on it; empty for nothing. */
  label: string;
}

/** A picture before it is drawn. */
export interface Graph {
  nodes: readonly Node[];
  edges: readonly Edge[];
}
