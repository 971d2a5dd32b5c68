import * as cloudfront from "@pulumi/aws/cloudfront";
import type { cloudfront as inputs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { originSecretHeader } from "../../host/hop";
import { ownName } from "../names";
import { CdnOriginArgs, CdnVpcOriginArgs } from "./cdn-args";

/** What behaviours call the origin. */
export const originId = "origin";

/** The same one, by plain HTTP, for challenges alone. */
export const challengesId = "challenges";

/** TLS 1.2 is the newest that CloudFront speaks with origins (CloudFront, "Supported protocols … between CloudFront and the origin"). */
const protocols = ["TLSv1.2"];

/** @param vpcOriginId undefined for what is reached over the internet */
export function origins(args: CdnOriginArgs, vpcOriginId?: pulumi.Input<string>): inputs.DistributionOrigin[] {
  const way = vpcOriginId === undefined ? overInternet(args, "https-only") : insideNetwork(args, vpcOriginId);
  const own = { originId, domainName: args.domainName, ...way, customHeaders: proof(args) };
  if (!args.challenges) return [own];
  // Without the proof, which anybody on the way could read: nginx asks for none on port 80.
  return [own, { originId: challengesId, domainName: args.domainName, ...overInternet(args, "http-only") }];
}

/**
 * The way into a network. An origin that is in use takes no other settings (CloudFront API, UpdateVpcOrigin,
 * CannotUpdateEntityWhileInUse), so there is a new one, under a new name, before the old one goes.
 */
export function vpcOrigin(
  name: string,
  { arn }: CdnVpcOriginArgs,
  tags: Record<string, string> | undefined,
  opts: pulumi.CustomResourceOptions,
): cloudfront.VpcOrigin {
  const owner = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), name];
  return new cloudfront.VpcOrigin(
    name,
    {
      vpcOriginEndpointConfig: {
        name: pulumi.output(arn).apply((of) => ownName([name], [...owner, of], vpcOriginLetters)),
        arn,
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: protocols, quantity: protocols.length },
      },
      tags: { Name: name, ...tags },
    },
    { ...opts, replaceOnChanges: ["vpcOriginEndpointConfig"] },
  );
}

/** AWS's pages name no longest one; this is shorter than any that it has for names of CloudFront. */
const vpcOriginLetters = 64;

function overInternet(args: CdnOriginArgs, originProtocolPolicy: string): Partial<inputs.DistributionOrigin> {
  return {
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy,
      originSslProtocols: protocols,
      ...waits(args),
    },
  };
}

function insideNetwork(args: CdnOriginArgs, vpcOriginId: pulumi.Input<string>): Partial<inputs.DistributionOrigin> {
  return { vpcOriginConfig: { vpcOriginId, ...waits(args) } };
}

const waits = ({ answerSeconds = 30, keepSeconds = 5 }: CdnOriginArgs): OriginWaits => ({
  originReadTimeout: answerSeconds,
  originKeepaliveTimeout: keepSeconds,
});

interface OriginWaits {
  originReadTimeout: number;
  originKeepaliveTimeout: number;
}

/** CloudFront puts its own header in place of one that the client sent (CloudFront, "Add custom headers to origin requests"). */
function proof({ secrets }: CdnOriginArgs): inputs.DistributionOriginCustomHeader[] | undefined {
  return secrets && [{ name: originSecretHeader, value: pulumi.secret(secrets.current) }];
}
