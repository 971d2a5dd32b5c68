import { at, Problem } from "../app/problem";

/** SHA-256 of a Debian package, 64 hex digits each. */
export interface PackageDigests {
  /** For x86 machines. @example "777df4e0ac4bbc8d7d1b159db76cdb6614666bcc73141874414b8be68fb9cba3" */
  amd64: string;
  /** For Graviton machines. @example "2ed75ecacf633af8b48568f1d468a4849ad006ff901f63761ecb9b0daa8d90d2" */
  arm64: string;
}

/** What is wrong with digests that somebody has given. */
export function digestProblems(sha256: PackageDigests, path: string): Problem[] {
  return Object.entries(sha256).flatMap(([architecture, digest]) =>
    /^[0-9a-f]{64}$/.test(digest)
      ? []
      : [
          {
            path: at(at(path, "sha256"), architecture),
            value: digest,
            reason: "is not a SHA-256 digest",
            fix: "give the 64 small hex digits that sha256sum prints for the package",
          },
        ],
  );
}
