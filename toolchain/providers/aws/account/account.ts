import { createHash } from "node:crypto";

/** A hosted zone of Route 53. */
export interface Zone {
  readonly id: string;
  /** The domain, without a dot at the end. */
  readonly name: string;
  readonly private: boolean;
}

/** A subnet of the default network. */
export interface Subnet {
  readonly id: string;
  readonly availabilityZone: string;
  /** Its place in `172.31.0.0/16`, e.g. `172.31.16.0/20`. */
  readonly cidrBlock: string;
}

/** The account that previews and simulations look into: what stands for the things that exist before a deployment. */
export interface Account {
  /** The account's number, 12 digits. */
  readonly id: string;
  readonly partition: string;
  readonly region: string;
  readonly zones: readonly Zone[];
  readonly vpcId: string;
  /** One in each availability zone. */
  readonly subnets: readonly Subnet[];
}

/** What can be said about the account; everything has a default. */
export interface AccountSettings {
  /** @default "111122223333", a number of AWS's own documentation */
  readonly accountId?: string;
  /** Domains of public hosted zones. @default the domains that are kept for examples (RFC 2606) */
  readonly zones?: readonly string[];
  /** Domains of private hosted zones. @default none */
  readonly privateZones?: readonly string[];
}

/** The account of such settings in a region. Ids follow from names, so every run sees the same. */
export function account(region: string, settings: AccountSettings = {}): Account {
  const { accountId = "111122223333", zones = exampleZones, privateZones = [] } = settings;
  return {
    id: accountId,
    partition: partitionOf(region),
    region,
    zones: [...zones.map((name) => zone(name, false)), ...privateZones.map((name) => zone(name, true))],
    vpcId: `vpc-0${digits(16, region, "default vpc")}`,
    subnets: availabilityZones(region).map((availabilityZone, index) => ({
      id: `subnet-0${digits(16, availabilityZone)}`,
      availabilityZone,
      cidrBlock: `172.31.${index * 16}.0/20`,
    })),
  };
}

/** The first three availability zones, which every region has. */
export function availabilityZones(region: string): string[] {
  return ["a", "b", "c"].map((letter) => region + letter);
}

/** Hexadecimal digits that follow from words. */
export function digits(count: number, ...words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, count);
}

const exampleZones = ["example.com", "example.net", "example.org"];

function zone(name: string, isPrivate: boolean): Zone {
  return { id: `Z${digits(20, name, String(isPrivate)).toUpperCase()}`, name, private: isPrivate };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
