import { HopChain, proofHeaders } from "./hops";
import { proofFile, proofFolder } from "./proof-file";
import { PlannedDirectory, PlannedProof } from "./plan";
import { WebPlan } from "./web-plan";

/** Only the web server's main process, which is root, reads what proves a hop. */
export const proofDirectory: PlannedDirectory = { path: proofFolder, mode: "0700", owner: "root", group: "root" };

/** Name of the parameter that carries what proves a hop. */
export const proofParameter = (header: string): string => `proofs/${header.toLowerCase()}`;

/** What the web server compares with the header of a hop that proves itself. */
export function planProofs(hops: HopChain, { proofLine }: WebPlan): PlannedProof[] {
  return proofHeaders(hops).map((header) => ({
    header,
    path: proofFile(header),
    parameter: proofParameter(header),
    ...(proofLine && { line: proofLine(header) }),
  }));
}
