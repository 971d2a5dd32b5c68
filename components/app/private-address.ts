import { BlockList, isIPv6 } from "node:net";

/** Ranges that are not routed on the internet: RFC 1918, RFC 6598 (shared), RFC 2544 (labs), RFC 4193, loopback, link-local. */
const ranges: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["::1", 128, "ipv6"],
];

const list = new BlockList();
for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);

/** Whether an address is on a network of its owner, which the internet does not reach. */
export function isPrivate(address: string): boolean {
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
