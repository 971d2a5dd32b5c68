import type { PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import type { Lookup } from "../lookup";
import { flag, integer, required, secret, text } from "../properties";

const always = required(text);

/** What Debian publishes, for the releases that run on EC2: wiki.debian.org/Cloud/AmazonEC2Image. */
const debianImage = /^\/aws\/service\/debian\/release\/(?:11|12|13)\/[\w.-]+\/(?:amd64|arm64)$/;

/** `aws:ssm/getParameter:getParameter`: of the parameters that AWS publishes, those that name Debian's images. */
export const getParameter: Lookup = {
  table: {
    inputs: { name: required(text), region: text, withDecryption: flag },
    outputs: {
      arn: always,
      id: always,
      insecureValue: always,
      type: always,
      value: secret(always),
      version: required(integer),
    },
  },

  find(args, { partition }, region): PropertyMap {
    const name = String(args["name"]);
    if (!debianImage.test(name)) throw new Error(`reading SSM Parameter (${name}): couldn't find resource`);
    const image = `ami-0${digits(16, region, name)}`;
    return {
      arn: `arn:${partition}:ssm:${region}::parameter${name}`,
      id: name,
      insecureValue: image,
      name,
      region,
      type: "String",
      value: image,
      version: 1,
      withDecryption: args["withDecryption"] ?? true,
    };
  },
};
