import { Level, Severity } from "../finding";
import { Graph, ofType, Resource } from "../graph/graph";
import { text } from "../graph/read";
import { Draft, Rule } from "../rule";
import { certificatesOf, Consumer, distributionConsumers } from "../tls/certificates";
import { checkLater, fail, pass, unknown } from "./drafts";

/** The one region that CloudFront takes certificates from (CloudFront, "Requirements for using SSL/TLS certificates"). */
const wanted = "us-east-1";

const fix = `have the certificate made in ${wanted}: its region, or the region of its provider`;

/** A certificate of another region is refused, minutes into the deployment. */
export const tlsCertRegion: Rule<Consumer> = {
  id: "tls-cert-region",
  item: "https",
  title: "Certificates of CDNs are in the region that CloudFront takes them from",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "The certificate of a CloudFront distribution has to be in us-east-1, wherever all else is. Its region is told by its " +
    "ARN, its own property, or else by the provider, when all providers of AWS have one region. Balancers take " +
    "certificates of their own region.",
  targets: ({ graph }) => distributionConsumers(graph),
  check(consumer, { graph }) {
    const { name } = consumer.resource;
    const { resources, foreign } = certificatesOf(graph, consumer);
    const made = resources.map((certificate) => checkOne(certificate.name, regionOf(graph, certificate)));
    const given = foreign.map((arn) => checkOne("the certificate", arnRegion(arn)));
    const drafts = [...made, ...given];
    return drafts.length > 0 ? drafts : [unknown(`the certificate of ${name} is not known`, checkLater)];
  },
};

function checkOne(name: string, region: string | undefined): Draft {
  const about = name;
  if (region === undefined) return unknown(`the region of ${name} is not known`, checkLater, { about });
  return region === wanted
    ? pass(`${name} is in ${wanted}`, { about })
    : fail(`${name} is in ${region}, and CloudFront takes certificates of ${wanted} only`, fix, { about });
}

function regionOf(graph: Graph, { properties }: Resource): string | undefined {
  const arn = text(properties["arn"]);
  const own = text(properties["region"]);
  const written = typeof arn === "string" ? arnRegion(arn) : undefined;
  if (written !== undefined) return written;
  return typeof own === "string" && own !== "" ? own : providersRegion(graph);
}

/** `us-east-1` of `arn:aws:acm:us-east-1:111122223333:certificate/1`. */
const arnRegion = (arn: string): string | undefined => /^arn:[^:]+:acm:([a-z0-9-]+):/.exec(arn)?.[1];

/** The region of all providers of AWS; undefined when there are several, or none is known. */
function providersRegion(graph: Graph): string | undefined {
  const regions = ofType(graph, "pulumi:providers:aws").map(({ properties }) => text(properties["region"]));
  const [first] = regions;
  return typeof first === "string" && first !== "" && regions.every((one) => one === first) ? first : undefined;
}
