import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { sha256 } from "../host/digest";
import type { OriginSecrets } from "./cdn/cdn-args";
import type { SiteArgs } from "./site-args";
import { hasCdn } from "./site-shape";

/**
 * What CloudFront proves itself with to the machines of a site; undefined for a site before which nothing does. Unless it is
 * given it is made here, from keys that nobody has a use for but that Pulumi keeps secret: one for each generation.
 */
export function originSecrets(
  name: string,
  args: SiteArgs,
  opts: pulumi.CustomResourceOptions,
): OriginSecrets | undefined {
  if (args.originSecrets || !hasCdn(args)) return args.originSecrets;
  const generation = args.cdn?.secretGeneration ?? 1;
  const made = (number: number): pulumi.Output<string> => {
    const key = new tls.PrivateKey(`${name}-origin-secret-${number}`, { algorithm: "ED25519" }, opts);
    return pulumi.secret(key.privateKeyPem.apply(sha256));
  };
  return { current: made(generation), ...(generation > 1 && { previous: made(generation - 1) }) };
}
