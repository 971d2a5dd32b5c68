import { sha256 } from "../../host/digest";

/**
 * Letters of a balancer's or target group's name (Elastic Load Balancing API, CreateLoadBalancer and CreateTargetGroup: 32),
 * less a hyphen and 7 digits at random: with the same name a new one could not be made before the old one is gone.
 */
const letters = 32 - 8;

/** Digits that tell names apart of which not all is left. */
const digits = 8;

/**
 * What the names of a balancer and of its target groups begin with: letters, digits and inner hyphens only, and not
 * `internal-`, which AWS keeps to itself. What is too long is cut and ends with a digest of the whole.
 */
export function balancerName(...words: readonly string[]): string {
  const whole = words.join("-");
  const fitting = whole
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-?(?:internal-)*/, "")
    .replace(/-$/, "");
  if (fitting === whole && whole.length <= letters && whole !== "") return whole;
  const front = fitting.slice(0, letters - digits - 1).replace(/-$/, "");
  return `${front || "lb"}-${sha256(whole).slice(0, digits)}`;
}
