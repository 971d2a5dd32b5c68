import { HopChain, proofHeaders } from "../hops";
import { proofFile } from "../proof-file";
import { apache, ApacheDirective, noted } from "./tree";

/** Variable that says whether a header holds a proof. */
const proofVariable = (header: string): string => `landfall_proven_by_${header.toLowerCase().replaceAll("-", "_")}`;

/** One line of the file with the values that prove a hop; `%s` is the value. */
export const proofLine = (header: string): string => `SetEnvIf ${header} "^%s$" ${proofVariable(header)}=1\n`;

/** Whether the proof is there, as an expression. */
export const provenExpression = (header: string): string => `reqenv('${proofVariable(header)}') == '1'`;

/** Reads the proofs of requests. Without a hop that proves itself there are none. */
export function readProofs(hops: HopChain): ApacheDirective[] {
  return proofHeaders(hops).map((header) => apache("Include", proofFile(header)));
}

/** Refuses what comes past a hop that proves itself, but not the host itself, which asks its apps for their health. */
export function refuseUnproven({ front }: HopChain): ApacheDirective[] {
  return front.flatMap(({ provesBy, markedBy }) => {
    if (provesBy === undefined) return [];
    const conditions = [
      apache("RewriteCond", "%{CONN_REMOTE_ADDR}", "!^(?:127\\.0\\.0\\.1|::1)$"),
      apache("RewriteCond", `%{ENV:${proofVariable(provesBy)}}`, "!=1"),
      // What comes without the mark of a hop did not come through it, and has nothing to prove.
      ...(markedBy === undefined
        ? []
        : [apache("RewriteCond", `%{HTTP:${markedBy}}%{HTTP:${provesBy}}`, "!^$", "[NV]")]),
    ];
    const [first, ...rest] = conditions;
    return [
      noted("requests that did not come through what stands in front", first!),
      ...rest,
      apache("RewriteRule", "^", "-", "[F]"),
    ];
  });
}
