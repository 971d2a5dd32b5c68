import { isIPv4 } from "node:net";

/** Whether a subnet's routes lead to the Internet, and back. */
export const Tier = { Public: "public", Private: "private" } as const;
export type Tier = (typeof Tier)[keyof typeof Tier];

/** The place of a subnet in its network. */
export interface AllocatedSubnet {
  /** What it is and where, e.g. `public-a`. */
  key: string;
  tier: Tier;
  /** Letter of its zone. */
  letter: string;
  /** Which of the sixteen blocks it has. */
  block: number;
  /** That block, e.g. `10.0.128.0/20`. */
  cidr: string;
}

/**
 * The letters that zones can have. A region had six zones at most in 2025 (`us-east-1f`), so eight leave room to grow without
 * a subnet ever moving.
 */
export const zoneLetters = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

/** Public subnets are in the first half of the network, private ones in the second. */
const firstBlock: Readonly<Record<Tier, number>> = { [Tier.Public]: 0, [Tier.Private]: zoneLetters.length };

/** Bits that tell the sixteen blocks apart. */
const blockBits = 4;

/**
 * Gives a public and a private subnet to each zone. A subnet's place follows from its zone's letter alone: whatever else there
 * is or comes, it stays. Blocks of letters that are not there are left free.
 *
 * @param cidr a network of IPv4 from /16 to /24
 */
export function allocateSubnets(cidr: string, letters: readonly string[]): AllocatedSubnet[] {
  return Object.values(Tier).flatMap((tier) =>
    letters.map((letter) => {
      const block = firstBlock[tier] + zoneLetters.findIndex((each) => each === letter);
      return { key: `${tier}-${letter}`, tier, letter, block, cidr: ipv4Block(cidr, block) };
    }),
  );
}

/** One of the sixteen blocks of a network, e.g. `10.0.128.0/20`. */
export function ipv4Block(cidr: string, block: number): string {
  const [address = "", length] = cidr.split("/");
  const prefix = Number(length) + blockBits;
  if (!isIPv4(address)) throw new Error(`${cidr} is no network of IPv4`);
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0) + block * 2 ** (32 - prefix);
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** One of the networks of /64 in a network of /56, e.g. `2001:db8:0:3c08::/64`, written as EC2 writes it (RFC 5952). */
export function ipv6Block(cidr: string, block: number): string {
  const given = cidr.split("::")[0]!.split(":");
  const groups = [0, 1, 2, 3].map((index) => parseInt(given[index] || "0", 16));
  groups[3]! += block;
  return `${new URL(`http://[${groups.map((group) => group.toString(16)).join(":")}::]`).hostname.slice(1, -1)}/64`;
}
