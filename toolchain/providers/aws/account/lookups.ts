import type { Lookup } from "../lookup";
import { required, text } from "../properties";

const always = required(text);

/** `aws:index/getRegion:getRegion`. */
export const getRegion: Lookup = {
  table: {
    inputs: { endpoint: text, id: text, name: text, region: text },
    outputs: { description: always },
  },
  find(args, _account, region) {
    const name = (args["name"] as string | undefined) ?? region;
    const endpoint = `ec2.${name}.amazonaws.com`;
    return { description: name, endpoint, id: name, name, region: name };
  },
};

/** `aws:index/getPartition:getPartition`. */
export const getPartition: Lookup = {
  table: {
    inputs: { id: text },
    outputs: { dnsSuffix: always, partition: always, reverseDnsPrefix: always },
  },
  find(_args, { partition }) {
    const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return { dnsSuffix, id: partition, partition, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
};

/** `aws:index/getCallerIdentity:getCallerIdentity`. */
export const getCallerIdentity: Lookup = {
  table: { inputs: { id: text }, outputs: { accountId: always, arn: always, userId: always } },
  find(_args, { id, partition }) {
    const arn = `arn:${partition}:sts::${id}:assumed-role/simulation/landfall`;
    return { accountId: id, arn, id, userId: "AROASIMULATIONLANDFAL:landfall" };
  },
};
