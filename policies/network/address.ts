import { BlockList, isIPv4, isIPv6 } from "node:net";

/** An address range as AWS reads it: bits behind the prefix do not matter. */
export interface AddressRange {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly prefix: number;
}

/** The range that a CIDR stands for, or undefined when it is none. A single address is a range of one. */
export function addressRange(cidr: string): AddressRange | undefined {
  const [address = "", prefixText, ...rest] = cidr.trim().split("/");
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) && !address.includes("%") ? "ipv6" : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const bits = family === "ipv4" ? 32 : 128;
  if (prefixText === undefined) return { family, address, prefix: bits };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { family, address, prefix: Number(prefixText) };
}

/**
 * Ranges that are too wide to be one party's: IANA hands out IPv4 in blocks of /8 and IPv6 in blocks of /12 at most (its
 * registries of address space). So `0.0.0.0/0` is the world, and so are its halves.
 */
const widestOwned = { ipv4: 8, ipv6: 12 } as const;

/** Whether a range is open to the world. */
export function isWorld(range: AddressRange): boolean {
  return range.prefix < widestOwned[range.family];
}

/** Whether a range lies within another. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const block = new BlockList();
  block.addSubnet(outer.address, outer.prefix, outer.family);
  return block.check(inner.address, inner.family);
}

/** Whether a host in an address is the machine itself: a loopback address, or `localhost`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost")) return true;
  const range = addressRange(bare);
  if (range === undefined || bare.includes("/")) return false;
  return contains(loopback[range.family], range);
}

const loopback = {
  ipv4: { family: "ipv4", address: "127.0.0.0", prefix: 8 },
  ipv6: { family: "ipv6", address: "::1", prefix: 128 },
} as const;
