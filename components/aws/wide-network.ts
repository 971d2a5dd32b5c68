/** Halves and quarters of the Internet are as open as all of it: shorter prefixes are a large part of it. */
const shortestPrefix = { ipv4: 8, ipv6: 16 } as const;

/** The least prefix length that a network of the same family as this one needs, so that it is no large part of the Internet. */
export function leastPrefix(cidr: string): number {
  return cidr.includes(":") ? shortestPrefix.ipv6 : shortestPrefix.ipv4;
}

/** Whether a network is a large part of the Internet. */
export function isWide(cidr: string): boolean {
  return Number(cidr.split("/")[1]) < leastPrefix(cidr);
}
