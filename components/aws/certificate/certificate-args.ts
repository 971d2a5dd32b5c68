import * as pulumi from "@pulumi/pulumi";
import { ZoneArgs } from "../find-zones";

/** Kinds of keys that ACM makes for public certificates (AWS Certificate Manager User Guide, "Certificate characteristics"). */
export const KeyAlgorithm = {
  /** Elliptic curve P-256: small and fast, known to every client of today. */
  EcP256: "EC_prime256v1",
  /** Elliptic curve P-384; CloudFront does not take it. */
  EcP384: "EC_secp384r1",
  /** RSA with 2048 bits, for clients older than about 2014. */
  Rsa2048: "RSA_2048",
} as const;
export type KeyAlgorithm = (typeof KeyAlgorithm)[keyof typeof KeyAlgorithm];

/** A certificate of another authority, with its key. */
export interface ImportPemArgs {
  /** The certificate, PEM. @example readFileSync("shop.pem", "utf8") */
  certificate: string;
  /**
   * What leads from it to its authority, PEM, each certificate signed by the one behind it.
   * @default none: it is self-signed
   * @example readFileSync("chain.pem", "utf8")
   */
  chain?: string;
  /** Its private key, PEM, without a passphrase. @example config.requireSecret("privateKey") */
  privateKey: pulumi.Input<string>;
}

/** Who is told when a certificate is about to expire. */
export interface ExpiryAlarmArgs {
  /** Topic of SNS in the first region: an alarm tells only topics of its own. @example topic.arn */
  topicArn: pulumi.Input<string>;
  /** Topics of the other regions, by region. @default none @example { "us-east-1": topicInVirginia.arn } */
  otherTopicArns?: Record<string, pulumi.Input<string>>;
  /**
   * Days that are left when it is told.
   * @default 30: ACM itself warns of a public certificate then, as it should have been renewed long before
   * @example 21
   */
  daysLeft?: number;
}

/** One certificate, in one region of AWS or in several. */
export interface AcmCertificateArgs {
  /** What it is for: the main name and others, wildcards too. @example ["example.com", "*.example.com"] */
  domains: string[];
  /**
   * Regions to have it in; CloudFront wants `us-east-1`. The records that prove the domains are the same for all of them.
   * @default the provider's region
   * @example ["eu-central-1", "us-east-1"]
   */
  regions?: string[];
  /** Further regions beside the provider's own, in place of `regions`. @default none @example ["us-east-1"] */
  alsoIn?: string[];
  /** The zone that all domains lie in. @default for each the public zone of this account with the longest name that it lies in */
  zone?: ZoneArgs;
  /**
   * Make no records: somebody else, who looks after the domains, creates those of `zoneFile`. The deployment shows them and
   * waits.
   * @default false
   */
  manual?: boolean;
  /**
   * How long the deployment waits until ACM has issued it, in minutes.
   * @default 15: usually it takes a few
   * @example 240
   */
  validationTimeoutMinutes?: number;
  /**
   * Kind of its key.
   * @default EcP256, which load balancers and CloudFront take (ACM User Guide, "Prerequisites for importing ACM certificates")
   */
  keyAlgorithm?: KeyAlgorithm;
  /** A certificate of another authority, in place of one by ACM. @default none @example { certificate, chain, privateKey } */
  importPem?: ImportPemArgs;
  /** Tell somebody when it is about to expire. @default nobody is told @example { topicArn: topic.arn } */
  expiryAlarm?: ExpiryAlarmArgs;
  /** Tags of certificates and alarms. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
