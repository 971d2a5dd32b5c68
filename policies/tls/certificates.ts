import { X509Certificate } from "node:crypto";
import { Graph, isGiven, ofType, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { References, references, referencesOf } from "../graph/references";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { Target } from "../rule";
import { listenerType } from "../balancers/listeners";
import { distributions } from "../cdn/distributions";

const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";
const listenerCertificateType = "aws:lb/listenerCertificate:ListenerCertificate";

/** What answers with a certificate. */
export interface Consumer extends Target {
  readonly urn: string;
  readonly resource: Resource;
  /** The property that names the certificate. */
  readonly property: string;
  readonly value: Value;
}

function consumer(resource: Resource, property: string, value: Value | undefined): Consumer[] {
  return value === undefined || value === null ? [] : [{ urn: resource.urn, resource, property, value }];
}

/** Distributions that answer with a certificate of ACM. */
export function distributionConsumers(graph: Graph): Consumer[] {
  return distributions(graph).flatMap((one) =>
    consumer(one, "viewerCertificate", entry(one.properties["viewerCertificate"], "acmCertificateArn")),
  );
}

/** A listener's certificates: its own, and those that were added to it. */
export function listenerConsumers(graph: Graph, listener: Resource): Consumer[] {
  const further = ofType(graph, listenerCertificateType).filter((one) =>
    references(graph, one, "listenerArn", [listenerType], ["arn", "id"]).resources.includes(listener),
  );
  return [listener, ...further].flatMap((one) => consumer(one, "certificateArn", one.properties["certificateArn"]));
}

/** All that answers with a certificate. */
export function consumers(graph: Graph): Consumer[] {
  const atListeners = ofType(graph, listenerType, listenerCertificateType).flatMap((one) =>
    consumer(one, "certificateArn", one.properties["certificateArn"]),
  );
  return [...atListeners, ...distributionConsumers(graph)];
}

/** The certificates that a consumer answers with, whether it names them itself or by the proof that they are issued. */
export function certificatesOf(graph: Graph, { resource, property, value }: Consumer): References {
  const types = [certificateType, validationType];
  const named = referencesOf(graph, resource, property, value, types, ["arn", "id", "certificateArn"]);
  const found = named.resources.flatMap((one) =>
    one.type === certificateType
      ? [one]
      : references(graph, one, "certificateArn", [certificateType], ["arn", "id"]).resources,
  );
  return { ...named, resources: [...new Set(found)], uncertain: named.uncertain };
}

/** What waits until a certificate is issued. */
export function validationsOf(graph: Graph, certificate: Resource): Resource[] {
  return ofType(graph, validationType).filter((one) =>
    references(graph, one, "certificateArn", [certificateType], ["arn", "id"]).resources.includes(certificate),
  );
}

/** Whether somebody made the certificate elsewhere, so that ACM asks nobody for proof. */
export function isImported({ properties }: Resource): boolean {
  return properties["certificateBody"] !== undefined || properties["privateKey"] !== undefined;
}

/** The names that a certificate is for; UNKNOWN when they cannot be told. */
export function namesOf(certificate: Resource): readonly string[] | Unknown {
  const { domainName, subjectAlternativeNames, certificateBody } = certificate.properties;
  const main = text(domainName);
  if (main === undefined || (main === UNKNOWN && !isGiven(certificate, "domainName")))
    return certificateBody === undefined ? UNKNOWN : writtenNames(text(certificateBody));
  // What ACM reports is not known before the deployment, and no more than what was asked for.
  const others = isGiven(certificate, "subjectAlternativeNames")
    ? list(subjectAlternativeNames)
    : known(subjectAlternativeNames);
  if (main === UNKNOWN || others === UNKNOWN) return UNKNOWN;
  const names = [main, ...others.map(text)];
  return names.includes(UNKNOWN) ? UNKNOWN : names.filter((name) => typeof name === "string").map(lower);
}

const lower = (name: string): string => name.toLowerCase();

function known(value: Value | undefined): readonly Value[] {
  const elements = list(value);
  return elements === UNKNOWN ? [] : elements;
}

/** The DNS names in a certificate's PEM. */
function writtenNames(pem: ReturnType<typeof text>): readonly string[] | Unknown {
  if (typeof pem !== "string") return UNKNOWN;
  try {
    const names = new X509Certificate(pem).subjectAltName ?? "";
    return [...names.matchAll(/DNS:([^,\s"]+)/g)].map(([, name]) => lower(name!));
  } catch {
    return UNKNOWN;
  }
}

/** Whether a certificate's name is good for a domain. A wildcard stands for one label (RFC 6125, 6.4.3). */
export function covers(name: string, domain: string): boolean {
  const wanted = domain.toLowerCase();
  return name === wanted || (name.startsWith("*.") && wanted.slice(wanted.indexOf(".")) === name.slice(1));
}
