import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { ownStep } from "../own-step";
import { deliverAccessLogs } from "./access-logs";
import { CdnArgs, PriceClass } from "./cdn-args";
import { answersPolicy, behaviour, challengeBehaviour, filesPolicy } from "./cache-behaviours";
import { originFacingList } from "./origin-facing";
import { origins, vpcOrigin } from "./origins";
import { Keeps } from "./plan-behaviours";
import { CdnPlan, planCdn } from "./plan-cdn";

const defaultTlsPolicy = "TLSv1.2_2021";

/**
 * A distribution of CloudFront in front of a server or a balancer. It keeps what nginx serves from files for as long as
 * nginx says, and passes everything else on as it came: Host, cookies, bodies, websockets. TLS with clients ends at it and is
 * spoken again to the origin; plain HTTP is sent to TLS.
 *
 * @example
 * const { arn } = new Certificate("web", { domains: ["www.example.com"], regions: ["us-east-1"] });
 * const cdn = new Cdn("web", { apps: [live], certificateArn: arn, origin: { domainName: "origin.example.com" } });
 * new DnsRecords("web", { domains: ["www.example.com"], alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId } });
 */
export class Cdn extends pulumi.ComponentResource {
  /** Its name in DNS, for alias records; resolved once it answers everywhere. */
  readonly domainName: pulumi.Output<string>;
  /** The hosted zone of that name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Its id, for invalidations. */
  readonly distributionId: pulumi.Output<string>;
  /** Its name for all of AWS. */
  readonly arn: pulumi.Output<string>;
  /**
   * Id of AWS's list of the addresses that CloudFront connects from by IPv4, in the region of the provider. It counts as 55
   * rules, and a security group has at most 60 unless AWS raised it (Amazon VPC, "AWS-managed prefix lists").
   */
  readonly prefixListId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: CdnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Cdn", name, withoutSecrets(args), opts);
    const plan = planCdn(name, args);
    if (plan.problems.length) throw inputProblems(`landfall:index:Cdn '${name}'`, plan.problems);

    const distribution = this.distribution(name, args, plan, opts?.dependsOn);
    const { accessLogs, protection, tags } = args;
    if (accessLogs?.enabled ?? true)
      deliverAccessLogs(name, { ...accessLogs, distribution, protection, tags }, { parent: this });

    if (args.releases !== undefined && keepsAnything(plan)) {
      const spec = { distribution: distribution.id };
      const runsAgainOn = { LANDFALL_RELEASES: args.releases };
      const program = "aws/cdn/invalidation/cli";
      ownStep(`${name}-invalidation`, { program, does: "invalidate", spec, runsAgainOn }, { parent: this });
    }

    // AWS has told every edge by then: the resource waits for that.
    this.domainName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
    this.distributionId = distribution.id;
    this.arn = distribution.arn;
    this.prefixListId = originFacingList({ parent: this });
    this.registerOutputs({
      domainName: this.domainName,
      zoneId: this.zoneId,
      distributionId: this.distributionId,
      arn: this.arn,
      prefixListId: this.prefixListId,
    });
  }

  /** @param dependsOn what has to be there before it is asked, or knows another secret */
  private distribution(
    name: string,
    args: CdnArgs,
    plan: CdnPlan,
    dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
  ): cloudfront.Distribution {
    const { origin, protection, tags } = args;
    const policies: Partial<Record<Keeps, pulumi.Output<string>>> = {
      ...(keeps(plan, Keeps.Files) && { [Keeps.Files]: filesPolicy(`${name}-files`, { parent: this }).id }),
      ...(keeps(plan, Keeps.Answers) && { [Keeps.Answers]: answersPolicy(`${name}-answers`, { parent: this }).id }),
    };
    const inner = origin.vpc && vpcOrigin(name, origin.vpc, tags, { parent: this });
    const ordered = plan.behaviours.map(({ pattern, keeps: what }) => ({
      pathPattern: pattern,
      ...behaviour(what, policies[what]),
    }));
    return new cloudfront.Distribution(
      name,
      {
        comment: `Cdn ${name}`,
        enabled: true,
        aliases: plan.domains,
        origins: origins(origin, inner?.id),
        orderedCacheBehaviors: origin.challenges ? [challengeBehaviour(), ...ordered] : ordered,
        defaultCacheBehavior: behaviour(plan.keeps, policies[plan.keeps]),
        customErrorResponses: plan.errors.map(({ status, cachedSeconds, path }) => ({
          errorCode: status,
          errorCachingMinTtl: cachedSeconds,
          ...(path !== undefined && { responseCode: status, responsePagePath: path }),
        })),
        viewerCertificate: {
          acmCertificateArn: args.certificateArn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: args.tlsPolicy ?? defaultTlsPolicy,
        },
        webAclId: args.webAclArn,
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: args.priceClass ?? PriceClass.All,
        restrictions: { geoRestriction: { restrictionType: "none" } },
        waitForDeployment: true,
        tags: { Name: name, ...tags },
      },
      { parent: this, protect: protection, dependsOn },
    );
  }
}

/** Whether there is anything to forget. */
const keepsAnything = (plan: CdnPlan): boolean => keeps(plan, Keeps.Files) || keeps(plan, Keeps.Answers);

/** Whether something is kept anywhere. */
const keeps = (plan: CdnPlan, what: Keeps): boolean =>
  plan.keeps === what || plan.behaviours.some((one) => one.keeps === what);

/** The description as Pulumi keeps it. */
function withoutSecrets(args: CdnArgs): pulumi.Inputs {
  const { origin } = args;
  return origin.secrets ? { ...args, origin: { ...origin, secrets: pulumi.secret(origin.secrets) } } : { ...args };
}
