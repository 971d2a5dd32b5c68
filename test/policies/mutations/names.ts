import { unknownText } from "./editable-stack";
import { Mutation } from "./mutation";

const recordType = "aws:route53/record:Record";
const domain = "web-dev.example.com-a";

export const nameMutations: readonly Mutation[] = [
  {
    title: "a domain has no record",
    breakIt: (stack) => stack.remove(recordType, domain),
    fails: ["dns-record-per-host"],
  },
  {
    title: "a domain's record has another name",
    breakIt: (stack) => stack.set(recordType, domain, { name: "www.dev.example.com" }),
    fails: ["dns-record-per-host"],
  },
  {
    title: "a domain has a record of text only",
    breakIt: (stack) => {
      stack.set(recordType, domain, { type: "TXT", records: ["v=spf1 -all"] });
      stack.resource(recordType, domain).propertyDependencies!["records"] = [];
    },
    fails: ["dns-record-per-host"],
  },
  {
    title: "a domain points to an address elsewhere",
    breakIt: (stack) => {
      stack.set(recordType, domain, { records: ["203.0.113.9"] });
      stack.resource(recordType, domain).propertyDependencies!["records"] = [];
    },
    fails: ["dns-points-to-entry"],
  },
  {
    title: "a domain points to another elastic address",
    breakIt: (stack) => {
      stack.add("aws:ec2/eip:Eip", "other", { domain: "vpc" });
      const { urn } = stack.resource("aws:ec2/eip:Eip", "other");
      stack.resource(recordType, domain).propertyDependencies!["records"] = [urn];
    },
    fails: ["dns-points-to-entry"],
  },
  {
    title: "the elastic address is not associated with the machine",
    breakIt: (stack) => stack.remove("aws:ec2/eipAssociation:EipAssociation", "web-address"),
    fails: ["dns-points-to-entry"],
  },
  {
    title: "a domain is an alias of a load balancer that does not lead to the machine",
    breakIt: (stack) => {
      stack.add("aws:lb/loadBalancer:LoadBalancer", "other", { internal: false });
      const { urn } = stack.resource("aws:lb/loadBalancer:LoadBalancer", "other");
      stack.set(recordType, domain, {
        records: undefined,
        ttl: undefined,
        aliases: [{ name: unknownText, zoneId: unknownText, evaluateTargetHealth: false }],
      });
      stack.resource(recordType, domain).propertyDependencies!["aliases"] = [urn];
    },
    fails: ["dns-points-to-entry"],
  },
];
