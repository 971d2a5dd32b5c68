import { Level, Severity } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { text } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Draft, Rule } from "../rule";
import { certificatesOf, Consumer, consumers, isImported, validationsOf } from "../tls/certificates";
import { checkLater, fail, pass, unknown } from "./drafts";

/** AWS takes no certificate that is not issued, and one that is proven by mail stops being renewed one day. */
export const tlsCertValidated: Rule<Consumer> = {
  id: "tls-cert-validated",
  item: "https",
  title: "Certificates are proven by DNS, and used once they are issued",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "A certificate of ACM needs validationMethod DNS, whose records let ACM renew it by itself, and what answers with it " +
    "has to name it by a CertificateValidation, or else it is used before it is issued. Imported certificates and those " +
    "of a private authority need no proof; those from outside of the deployment are there already.",
  targets: ({ graph }) => consumers(graph),
  check(consumer, { graph }) {
    const { resource } = consumer;
    const { resources, foreign, uncertain } = certificatesOf(graph, consumer);
    if (resources.length > 0) return resources.map((certificate) => checkOne(graph, resource, certificate));
    if (foreign.length > 0 && !uncertain)
      return [pass(`the certificate of ${resource.name} is not made here, so it has been issued`)];
    return [unknown(`the certificate of ${resource.name} is not known`, checkLater)];
  },
};

function checkOne(graph: Graph, consumer: Resource, certificate: Resource): Draft {
  const about = certificate.name;
  const { name, properties } = certificate;
  if (isImported(certificate)) return pass(`${name} is imported`, { about });
  if (properties["certificateAuthorityArn"]) return pass(`${name} is of a private authority`, { about });
  const method = text(properties["validationMethod"]);
  if (method === UNKNOWN) return unknown(`how ${name} is proven is not known`, checkLater, { about });
  if (method !== "DNS")
    return fail(`${name} is not proven by DNS, so ACM does not renew it by itself`, "set validationMethod: DNS", {
      about,
    });
  const validations = validationsOf(graph, certificate).map(({ urn }) => urn);
  if (!waitsFor(graph, consumer, new Set(validations)))
    return fail(
      `${consumer.name} uses ${name} before it is issued`,
      "name it by the certificateArn of a CertificateValidation",
      { about },
    );
  return pass(`${consumer.name} uses ${name} once it is issued`, { about });
}

/** Whether a resource is made after one of some others. */
function waitsFor(graph: Graph, from: Resource, wanted: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const pending = [from.urn];
  for (let urn = pending.pop(); urn !== undefined; urn = pending.pop()) {
    if (wanted.has(urn)) return true;
    if (seen.has(urn)) continue;
    seen.add(urn);
    const resource = graph.byUrn.get(urn);
    if (resource) pending.push(...resource.dependencies, ...Object.values(resource.propertyDependencies).flat());
  }
  return false;
}
