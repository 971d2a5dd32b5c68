import { HopChain, ownAddresses, proofHeaders } from "../hops";
import { proofFile } from "../proof-file";
import { because, HaproxyLine, line } from "./tree";

/** One line of the file with the values that prove a hop; `%s` is the value. */
export const proofLine = (): string => "%s\n";

const variable = (word: string, header: string): string => `txn.${word}_${header.toLowerCase().replaceAll("-", "_")}`;

/** Holds for requests that have the proof of a hop. */
export const withProof = (header: string): string[] => [
  "{",
  `var(${variable("proven_by", header)})`,
  "-m",
  "bool",
  "}",
];

/**
 * Finds out whether hops have proven themselves, before anything else is done to the request. Without a hop that proves itself
 * there is nothing to find.
 */
export function readProofs(hops: HopChain): HaproxyLine[] {
  const { front } = hops;
  if (proofHeaders(hops).length === 0) return [];
  return [
    line("http-request", "set-var(txn.connected_from)", "src"),
    ...front.flatMap(({ provesBy, markedBy }) => {
      if (provesBy === undefined) return [];
      const has = (header: string): string[] => ["{", `req.hdr(${header})`, "-m", "found", "}"];
      const proof = ["{", `req.fhdr(${provesBy})`, "-m", "str", "-f", proofFile(provesBy), "}"];
      const note = (word: string, ...found: string[]): HaproxyLine =>
        line("http-request", `set-var(${variable(word, provesBy)})`, "bool(true)", "if", ...found);
      return [
        note("proven_by", ...proof),
        ...(markedBy === undefined ? [] : [note("claims", ...has(markedBy), "||", ...has(provesBy))]),
      ];
    }),
    ...proofHeaders(hops).map((header) => line("http-request", "del-header", header)),
  ];
}

/** Refuses what comes for a name of ours past a hop that proves itself, but not the host itself, which asks its apps for their health. */
export function refuseUnproven({ front }: HopChain): HaproxyLine[] {
  return front.flatMap(({ provesBy, markedBy }) => {
    if (provesBy === undefined) return [];
    const unproven = [
      "ours", // the others are refused, or ask for health
      ...["!{", "var(txn.connected_from)", "-m", "ip", ...ownAddresses, "}"],
      ...["!{", `var(${variable("proven_by", provesBy)})`, "-m", "bool", "}"],
      // What comes without the mark of a hop did not come through it, and has nothing to prove.
      ...(markedBy === undefined ? [] : ["{", `var(${variable("claims", provesBy)})`, "-m", "bool", "}"]),
    ];
    return [
      because(
        "requests that did not come through what stands in front",
        line("http-request", "deny", "deny_status", 403, "if", ...unproven),
      ),
    ];
  });
}
