import { challengePath } from "../tls/challenge";
import { HaproxyLine, HaproxySection, line, section } from "./tree";

/** Loopback port on which certbot answers challenges of certificate authorities while it asks for a certificate. */
export const challengePort = 8402;

/** What asks for a challenge (RFC 8555, http-01). */
export const isChallenge = ["{", "path_beg", challengePath, "}"];

export const isNoChallenge = ["!{", "path_beg", challengePath, "}"];

export const toChallenges: HaproxyLine = line("use_backend", "challenges", "if", ...isChallenge);

/** certbot is there only while it asks: at all other times nobody answers, and that is 503. */
export function challengeBackend(): HaproxySection {
  return section(["backend", "challenges"], [line("server", "certbot", `127.0.0.1:${challengePort}`)]);
}
