import type { cloudfront as inputs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { originSecretHeader } from "../../host/hop";
import { CdnOriginArgs } from "./cdn-args";

/** What behaviours call the origin. */
export const originId = "origin";

/** The same one, by plain HTTP, for challenges alone. */
export const challengesId = "challenges";

export function origins(args: CdnOriginArgs): inputs.DistributionOrigin[] {
  const own = { ...origin(originId, args, "https-only"), customHeaders: proof(args) };
  // Without the proof, which anybody on the way could read: nginx asks for none on port 80.
  return args.challenges ? [own, origin(challengesId, args, "http-only")] : [own];
}

function origin(id: string, args: CdnOriginArgs, originProtocolPolicy: string): inputs.DistributionOrigin {
  return {
    originId: id,
    domainName: args.domainName,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy,
      originSslProtocols: ["TLSv1.2"],
      originReadTimeout: args.answerSeconds ?? 30,
      originKeepaliveTimeout: args.keepSeconds ?? 5,
    },
  };
}

/** CloudFront puts its own header in place of one that the client sent (CloudFront, "Add custom headers to origin requests"). */
function proof({ secrets }: CdnOriginArgs): inputs.DistributionOriginCustomHeader[] | undefined {
  return secrets && [{ name: originSecretHeader, value: pulumi.secret(secrets.current) }];
}
