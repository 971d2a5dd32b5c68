import { createHash } from "node:crypto";

/** A range of IPv4 addresses, both ends included. */
export interface Range {
  first: number;
  last: number;
}

// Private and shared ranges (RFC 1918, RFC 6598, RFC 2544), the least used first.
const pools = ["10.64.0.0/10", "172.16.0.0/12", "100.64.0.0/10", "198.18.0.0/15", "192.168.0.0/16"];

/** Reads `10.0.0.0/8` or `10.0.0.1`; undefined for what is not IPv4. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map((part) => Number(part ?? 32)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (a > 255 || b > 255 || c > 255 || d > 255 || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / size) * size;
  return { first, last: first + size - 1 };
}

const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;

/**
 * Picks a /24 for a stack: by its id, so that it is the same each time where nothing is in the way, and clear of
 * everything that the host has a route or an address for.
 *
 * @param id stack id
 * @param taken ranges and addresses that are in use; what is not IPv4 and the default route are passed over
 * @returns e.g. `10.91.7.0/24`
 */
export function chooseSubnet(id: string, taken: readonly string[]): string {
  const used = taken.flatMap((text) => {
    const range = parseRange(text);
    return range && range.last - range.first < 2 ** 32 - 1 ? [range] : [];
  });
  const wish = createHash("sha256").update(id).digest().readUInt32BE(0);
  for (const pool of pools) {
    const { first, last } = parseRange(pool) as Range;
    const count = (last - first + 1) / 256;
    for (let step = 0; step < count; step++) {
      const start = first + ((wish + step) % count) * 256;
      const candidate = { first: start, last: start + 255 };
      if (!used.some((range) => overlap(range, candidate))) return `${formatAddress(start)}/24`;
    }
  }
  throw new Error(
    `no free private network for the machines: each /24 of ${pools.join(", ")} overlaps a route of this computer`,
  );
}

/** The address with a number in a /24: 1 is the host's end, machines have 2 to 254. */
export function addressIn(subnet: string, number: number): string {
  const range = parseRange(subnet);
  if (!range) throw new Error(`${subnet} is not an IPv4 network`);
  return formatAddress(range.first + number);
}

/** Number of the host's end of a network. */
export const gatewayNumber = 1;

/** The lowest free number for a machine. */
export function chooseNumber(taken: readonly number[]): number {
  for (let number = 2; number <= 254; number++) if (!taken.includes(number)) return number;
  throw new Error("the network is full: a stack has at most 253 machines");
}
