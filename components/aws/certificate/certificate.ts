import * as acm from "@pulumi/aws/acm";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { inputProblems } from "../../input-problems";
import { findZones } from "../find-zones";
import { domainName, keptSeconds, zoneFile } from "../zone-file";
import { AcmCertificateArgs, ExpiryAlarmArgs, ImportPemArgs, KeyAlgorithm } from "./certificate-args";
import { checkKey } from "../../host/tls/check-pem";
import { importable } from "./importable";
import { dnsCheck } from "./dns-check";
import { PlannedCertificate, planCertificate, validatedName } from "./plan-certificate";

/** A certificate in one region, and what the names of its resources begin with. */
interface Regional {
  key: string;
  region: string | undefined;
  certificate: acm.Certificate;
  /** Options of a resource whose name is the key and an ending. */
  opts(ending: string): pulumi.CustomResourceOptions;
}

/** What shows ACM that the domains are ours. */
interface Proof {
  records: route53.Record[];
  check: pulumi.Resource;
  zoneFile: pulumi.Output<string>;
}

/** Days that are left when somebody is told; ACM's own warnings of public certificates begin then (ACM User Guide, "EventBridge support"). */
const usualDaysLeft = 30;

/** ACM counts the days that are left twice a day. */
const alarmSeconds = 24 * 60 * 60;

/**
 * A certificate of ACM for domains in hosted zones of this account, proven by DNS records that stay, so that ACM renews it
 * by itself. In several regions it is one certificate each, and one set of records.
 *
 * @example
 * new Certificate("web", { domains: ["example.com", "*.example.com"], regions: ["eu-central-1", "us-east-1"] });
 */
export class Certificate extends pulumi.ComponentResource {
  /** ARN in the first region, once it is issued. */
  readonly arn: pulumi.Output<string>;
  /** ARNs by region, once all are issued. */
  readonly arns: pulumi.Output<Record<string, string>>;
  /** With `manual`, what has to be created so that it is issued, as the text of a zone file; else empty. */
  readonly zoneFile: pulumi.Output<string>;
  private readonly named = new Map<string, pulumi.Output<string>>();

  /** @throws pulumi.InputPropertiesError with every fault of the description, and of a certificate that is imported */
  constructor(name: string, args: AcmCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Certificate", name, withSecretKey(args), opts);
    const subject = `landfall:index:Certificate '${name}'`;
    const plan = planCertificate(args, new Date());
    if (plan.problems.length) throw inputProblems(subject, plan.problems);

    const content = args.importPem ? imported(args.importPem, subject) : requested(plan, args.keyAlgorithm);
    const regional = plan.regions.map((region, index) => this.regional(name, region, index === 0, content, args.tags));
    const proof = args.importPem ? undefined : this.proof(name, args, plan, regional[0]!.certificate, subject);
    const arns = regional.map((one) =>
      proof ? this.issued(one, proof, args.validationTimeoutMinutes) : one.certificate.arn,
    );
    regional.forEach((one, index) => {
      if (args.expiryAlarm) this.alarm(one, arns[index]!, args.expiryAlarm, args.tags);
    });

    plan.regions.forEach((region, index) => region !== undefined && this.named.set(region, arns[index]!));
    this.arn = arns[0]!;
    this.arns = pulumi
      .all(regional.map(({ certificate }, index) => pulumi.all([certificate.region, arns[index]!])))
      .apply((entries) => Object.fromEntries(entries));
    this.zoneFile = proof?.zoneFile ?? pulumi.output("");
    this.registerOutputs({ arn: this.arn, arns: this.arns, zoneFile: this.zoneFile });
  }

  /**
   * ARN in one of the regions that were named, once it is issued there. Unlike an entry of `arns` it is made from nothing but
   * that certificate, so that a policy can tell which one is used.
   */
  arnIn(region: string): pulumi.Output<string> {
    const arn = this.named.get(region);
    if (!arn)
      throw new Error(`no certificate was asked for in ${region}, only in: ${[...this.named.keys()].join(", ")}`);
    return arn;
  }

  private regional(
    name: string,
    region: string | undefined,
    isFirst: boolean,
    content: acm.CertificateArgs,
    tags: Record<string, string> | undefined,
  ): Regional {
    const key = region === undefined ? name : `${name}-${region}`;
    // Whoever adds a region, and so names the provider's own, keeps what is there.
    const isRenamed = isFirst && region !== undefined;
    const opts = (ending: string): pulumi.CustomResourceOptions => ({
      parent: this,
      aliases: isRenamed ? [{ name: `${name}${ending}` }] : [],
    });
    const certificate = new acm.Certificate(key, { ...content, region, tags: { Name: name, ...tags } }, opts(""));
    return { key, region, certificate, opts };
  }

  /**
   * A record for each name. What is in it follows from account and name alone, whatever the region (AWS Certificate Manager
   * User Guide, "DNS validation": the token works for any region), so the first certificate speaks for all. A record that
   * is there already is not overwritten: it belongs to another certificate, which could not be renewed once this one took
   * the record along when it goes.
   */
  private proof(
    name: string,
    { domains, zone, manual }: AcmCertificateArgs,
    { validated }: PlannedCertificate,
    certificate: acm.Certificate,
    subject: string,
  ): Proof {
    const wanted = validated.map((domain) => ({ domain, record: validationRecord(certificate, domain) }));
    const zones = manual ? undefined : findZones(domains.map(validatedName), zone, subject, this);
    const records = wanted.flatMap(({ domain, record }) =>
      zones
        ? new route53.Record(
            `${name}-${domain}-validation`,
            {
              zoneId: zones.idOf(domain),
              name: record.resourceRecordName,
              type: record.resourceRecordType,
              ttl: keptSeconds,
              records: [record.resourceRecordValue],
            },
            // It is the same for a name whatever certificate is asked for, so another one leaves it alone.
            { parent: this, ignoreChanges: ["name", "type", "records"] },
          )
        : [],
    );
    const file = manual ? pulumi.all(wanted.map(({ record }) => record)).apply(validationFile) : pulumi.output("");
    const own = zones ? pulumi.all(validated.map((domain) => zones.zoneOf(domain))) : [];
    const check = dnsCheck(`${name}-dns`, { domains, zones: own, zoneFile: file }, { parent: this });
    return { records, check, zoneFile: file };
  }

  /** The ARN of a certificate, once ACM has issued it. */
  private issued({ key, region, certificate, opts }: Regional, proof: Proof, minutes = 15): pulumi.Output<string> {
    return new acm.CertificateValidation(
      key,
      {
        certificateArn: certificate.arn,
        validationRecordFqdns: proof.records.length ? proof.records.map(({ fqdn }) => fqdn) : undefined,
        region,
      },
      { ...opts(""), dependsOn: [proof.check], customTimeouts: { create: `${minutes}m` } },
    ).certificateArn;
  }

  private alarm(
    { key, region, opts }: Regional,
    arn: pulumi.Output<string>,
    { topicArn, otherTopicArns, daysLeft = usualDaysLeft }: ExpiryAlarmArgs,
    tags: Record<string, string> | undefined,
  ): void {
    new cloudwatch.MetricAlarm(
      `${key}-expiry`,
      {
        alarmDescription: `The certificate expires within ${daysLeft} days, and should have been renewed before`,
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        dimensions: { CertificateArn: arn },
        statistic: "Minimum",
        period: alarmSeconds,
        evaluationPeriods: 1,
        comparisonOperator: "LessThanOrEqualToThreshold",
        threshold: daysLeft,
        alarmActions: [otherTopicArns?.[region ?? ""] ?? topicArn],
        region,
        tags,
      },
      opts("-expiry"),
    );
  }
}

function requested({ main, others }: PlannedCertificate, keyAlgorithm?: KeyAlgorithm): acm.CertificateArgs {
  return {
    domainName: main,
    subjectAlternativeNames: others.length ? others : undefined,
    validationMethod: "DNS",
    keyAlgorithm: keyAlgorithm ?? KeyAlgorithm.EcP256,
  };
}

/** What Pulumi keeps of the description; a key that the program has as plain text is not kept as such. */
function withSecretKey({ importPem, ...args }: AcmCertificateArgs): pulumi.Inputs {
  return { ...args, importPem: importPem && { ...importPem, privateKey: pulumi.secret(importPem.privateKey) } };
}

/** A key that only comes to be known while resources are made is checked then. */
function imported({ certificate, chain, privateKey }: ImportPemArgs, subject: string): acm.CertificateArgs {
  const checked = pulumi.output(privateKey).apply((key) => {
    const problems: Problem[] = [];
    checkKey(certificate, key, importable, new Report("importPem.privateKey", problems));
    if (problems.length) throw inputProblems(subject, problems);
    return key;
  });
  return { certificateBody: certificate, certificateChain: chain, privateKey: pulumi.secret(checked) };
}

type ValidationRecord = pulumi.Unwrap<acm.Certificate["domainValidationOptions"]>[number];

/** A wildcard's record is that of the name below it, so either of the two will do. */
function validationRecord(certificate: acm.Certificate, domain: string): pulumi.Output<ValidationRecord> {
  return certificate.domainValidationOptions.apply((options) => {
    const found = options.find((option) => validatedName(option.domainName) === domain);
    if (!found) throw new Error(`ACM told no validation record for ${domain}; \`pulumi refresh\` asks it again`);
    return found;
  });
}

function validationFile(records: readonly ValidationRecord[]): string {
  return zoneFile(
    records.map((record) => ({
      name: record.resourceRecordName,
      type: record.resourceRecordType,
      data: domainName(record.resourceRecordValue),
    })),
    ["They prove to AWS Certificate Manager whose the domains are. They have to stay: each renewal looks for them."],
  );
}
