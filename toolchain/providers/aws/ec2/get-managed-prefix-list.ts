import type { PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import { arn } from "../identifiers";
import type { Lookup } from "../lookup";
import { integer, objects, required, text, textMap, texts } from "../properties";

const always = required(text);

/** Where CloudFront connects from; the addresses are those of documentation (RFC 5737, RFC 3849). */
const lists: Readonly<Record<string, { addressFamily: string; cidr: string }>> = {
  "com.amazonaws.global.cloudfront.origin-facing": { addressFamily: "IPv4", cidr: "198.51.100.0/24" },
  "com.amazonaws.global.ipv6.cloudfront.origin-facing": { addressFamily: "IPv6", cidr: "2001:db8::/32" },
};

/** `aws:ec2/getManagedPrefixList:getManagedPrefixList`: a list of AWS by its name. Here there are those of CloudFront. */
export const getManagedPrefixList: Lookup = {
  table: {
    inputs: {
      filters: objects({ name: always, values: required(texts) }),
      id: text,
      name: text,
      region: text,
      tags: textMap,
    },
    outputs: {
      addressFamily: always,
      arn: always,
      entries: required(objects({ cidr: always, description: always })),
      maxEntries: required(integer),
      ownerId: always,
      version: required(integer),
    },
  },

  find(args, account, region): PropertyMap {
    const name = String(args["name"] ?? "");
    const list = lists[name];
    if (!list) throw new Error("no matching EC2 Managed Prefix List found");
    const id = `pl-0${digits(16, region, name)}`;
    return {
      addressFamily: list.addressFamily,
      arn: arn("ec2", `prefix-list/${id}`, account, region),
      entries: [{ cidr: list.cidr, description: "" }],
      id,
      // AWS tells neither size nor version of its own lists, and the provider 0 for them.
      maxEntries: 0,
      name,
      ownerId: "AWS",
      region,
      tags: {},
      version: 0,
    };
  },
};
