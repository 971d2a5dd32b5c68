import { Graph } from "./graph";

/** What is worked out once for each graph, however often it is asked for. */
export function perGraph<T>(workOut: (graph: Graph) => T): (graph: Graph) => T {
  const known = new WeakMap<Graph, T>();
  return (graph) => {
    const found = known.get(graph);
    if (found !== undefined) return found;
    const result = workOut(graph);
    known.set(graph, result);
    return result;
  };
}
