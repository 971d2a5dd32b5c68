import { PlannedDirectory } from "../plan";

/** Folder of the files that programs need that read a certificate and its key from one. */
export const combinedFolder = "/etc/landfall/tls-combined";

/** The key and the certificate chain of a domain in one file, which the host writes whenever one of them changes. */
export const combinedFile = (domain: string): string => `${combinedFolder}/${domain}.pem`;

/** Nobody but the program that reads them gets in. */
export function combinedDirectory(group: string): PlannedDirectory {
  return { path: combinedFolder, mode: group === "root" ? "0700" : "0750", owner: "root", group };
}
