/** Folder of the values that prove hops. */
export const proofFolder = "/etc/landfall/proofs";

/**
 * File with the values that prove a hop, as the web server reads them. The host writes it from a parameter: the plan never has a
 * value.
 */
export const proofFile = (header: string): string => `${proofFolder}/${header.toLowerCase()}.conf`;
