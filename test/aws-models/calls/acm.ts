import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

/** One that ACM issues, or one that is imported with its key. */
export function certificateCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const tags = tagList(inputs.take("tags"));
  const DomainName = inputs.take("domainName");
  return DomainName === undefined
    ? importCalls(resource, inputs, tags)
    : requestCalls(resource, inputs, DomainName, tags);
}

type Tags = ReturnType<typeof tagList>;

function requestCalls(resource: RecordedResource, inputs: Inputs, DomainName: unknown, Tags: Tags): ApiCall[] {
  const others = inputs.take<string[]>("subjectAlternativeNames") ?? [];
  const parameters = given({
    DomainName,
    // As the official provider sends them: with the main name among them.
    SubjectAlternativeNames: [...new Set([...others, DomainName])].sort(),
    ValidationMethod: inputs.take("validationMethod"),
    KeyAlgorithm: inputs.take("keyAlgorithm"),
    Tags,
  }) as Parameters;
  inputs.done();
  // moto makes RSA keys only, so the kind of the key is not read back.
  return [
    call(resource, "RequestCertificate", parameters, {
      "Certificate.DomainName": DomainName,
      "Certificate.Type": "AMAZON_ISSUED",
      "Certificate.SubjectAlternativeNames | sort(@)": parameters["SubjectAlternativeNames"],
    }),
  ];
}

function importCalls(resource: RecordedResource, inputs: Inputs, Tags: Tags): ApiCall[] {
  const bytes = (name: string): string | undefined => {
    const pem = inputs.take<string>(name);
    return pem === undefined ? undefined : Buffer.from(pem).toString("base64");
  };
  const parameters = given({
    Certificate: bytes("certificateBody"),
    PrivateKey: bytes("privateKey"),
    CertificateChain: bytes("certificateChain"),
    Tags,
  }) as Parameters;
  inputs.done();
  return [call(resource, "ImportCertificate", parameters, { "Certificate.Type": "IMPORTED" })];
}

function call({ urn, id }: RecordedResource, operation: string, parameters: Parameters, expected: Parameters): ApiCall {
  const readBack = { operation: "DescribeCertificate", parameters: { CertificateArn: id }, expected };
  return { urn, service: "acm", operation, parameters, draws: { id, from: "CertificateArn" }, readBack };
}

/** Makes nothing: the official provider asks how the certificate stands until it is issued. */
export function certificateValidationCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "validationRecordFqdns");
  const parameters = { CertificateArn: inputs.take("certificateArn") };
  inputs.done();
  return [{ urn: resource.urn, service: "acm", operation: "DescribeCertificate", parameters }];
}
