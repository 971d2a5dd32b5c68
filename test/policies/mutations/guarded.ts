import { EditableStack } from "./editable-stack";
import { Mutation } from "./mutation";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const certificateType = "aws:acm/certificate:Certificate";
const distributionType = "aws:cloudfront/distribution:Distribution";
const volumeType = "aws:ebs/volume:Volume";
const lifecycleType = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const redirect = (changes: object): Mutation["breakIt"] =>
  listener("web-http", {
    defaultActions: [
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301", ...changes } },
    ],
  });

function listener(name: string, changes: Record<string, unknown>): Mutation["breakIt"] {
  return (stack) => stack.set(listenerType, name, changes);
}

/** Changes a part of a list of the distribution. */
function distribution(
  property: string,
  edit: (part: Record<string, Record<string, unknown>>[]) => void,
): Mutation["breakIt"] {
  return (stack) => {
    const part = structuredClone(stack.resource(distributionType).inputs[property]);
    edit((Array.isArray(part) ? part : [part]) as Record<string, Record<string, unknown>>[]);
    stack.set(distributionType, "", { [property]: part });
  };
}

/** Has a property made from other resources. */
function makeFrom(
  type: string,
  name: string,
  property: string,
  from: (stack: EditableStack) => string[],
): Mutation["breakIt"] {
  return (stack) => {
    const resource = stack.resource(type, name);
    resource.propertyDependencies![property] = from(stack);
    resource.dependencies = Object.values(resource.propertyDependencies!).flat();
  };
}

const both = (...all: Mutation["breakIt"][]): Mutation["breakIt"] => {
  return (stack) => all.forEach((one) => one(stack));
};

/** What is broken in a program with balancers and a CDN, one thing at a time. */
export const guardedMutations: readonly Mutation[] = [
  {
    title: "the balancer ends TLS without a certificate",
    breakIt: listener("web-https", { certificateArn: undefined }),
    fails: ["tls-listener"],
  },
  {
    title: "the balancer answers HTTPS on another port",
    breakIt: listener("web-https", { port: 8443 }),
    fails: ["tls-listener"],
  },
  {
    title: "plain HTTP is redirected for once",
    breakIt: redirect({ statusCode: "HTTP_302" }),
    fails: ["tls-redirect"],
  },
  { title: "plain HTTP is redirected to itself", breakIt: redirect({ protocol: "HTTP" }), fails: ["tls-redirect"] },
  {
    title: "plain HTTP is redirected to another port",
    breakIt: redirect({ port: "#{port}" }),
    fails: ["tls-redirect"],
  },
  {
    title: "plain HTTP is handed on",
    breakIt: listener("web-http", { defaultActions: [{ type: "forward" }] }),
    fails: ["tls-redirect"],
  },
  {
    title: "the balancer's policy is the one of 2016",
    breakIt: listener("web-https", { sslPolicy: "ELBSecurityPolicy-2016-08" }),
    fails: ["tls-policy"],
  },
  {
    title: "the balancer has no policy",
    breakIt: listener("web-https", { sslPolicy: undefined }),
    fails: ["tls-policy"],
  },
  {
    title: "the balancer's certificate is for another domain",
    breakIt: (stack) => stack.set(certificateType, "eu-central-1", { domainName: "example.org" }),
    fails: ["tls-cert-covers-host"],
  },
  {
    title: "the CDN answers for a domain that its certificate is not for",
    breakIt: (stack) => stack.set(distributionType, "", { aliases: ["docs.example.com", "a.docs.example.com"] }),
    fails: ["tls-cert-covers-host"],
  },
  {
    title: "the balancer's certificate is used before it is issued",
    breakIt: makeFrom(listenerType, "web-https", "certificateArn", (stack) => [
      stack.resource(certificateType, "eu-central-1").urn,
    ]),
    fails: ["tls-cert-validated"],
  },
  {
    title: "the balancer's certificate is proven by mail",
    breakIt: (stack) => stack.set(certificateType, "eu-central-1", { validationMethod: "EMAIL" }),
    fails: ["tls-cert-validated"],
  },
  {
    title: "the CDN's certificate is in another region",
    breakIt: (stack) => stack.set(certificateType, "us-east-1", { region: "eu-west-1" }),
    fails: ["tls-cert-region"],
  },
  {
    title: "the CDN's certificate comes from another region",
    breakIt: both(
      (stack) =>
        stack.set(distributionType, "", {
          viewerCertificate: { acmCertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/1" },
        }),
      makeFrom(distributionType, "", "viewerCertificate", () => []),
    ),
    fails: ["tls-cert-region"],
    unknown: ["tls-cert-covers-host"],
  },
  {
    title: "the CDN answers plain HTTP",
    breakIt: distribution("defaultCacheBehavior", ([behaviour]) =>
      Object.assign(behaviour!, { viewerProtocolPolicy: "allow-all" }),
    ),
    fails: ["cf-viewer-https"],
  },
  {
    title: "the CDN answers plain HTTP for more than challenges",
    breakIt: distribution("orderedCacheBehaviors", ([behaviour]) =>
      Object.assign(behaviour!, { pathPattern: "/.well-known/*" }),
    ),
    fails: ["cf-viewer-https", "cf-origin-tls"],
  },
  {
    title: "the CDN asks the origin by plain HTTP",
    breakIt: distribution("origins", ([origin]) =>
      Object.assign(origin!["customOriginConfig"]!, { originProtocolPolicy: "http-only" }),
    ),
    fails: ["cf-origin-tls"],
  },
  {
    title: "the CDN asks the origin by TLS 1.1, too",
    breakIt: distribution("origins", ([origin]) =>
      Object.assign(origin!["customOriginConfig"]!, { originSslProtocols: ["TLSv1.1", "TLSv1.2"] }),
    ),
    fails: ["cf-origin-tls"],
  },
  {
    title: "the origin is open to the world",
    breakIt: (stack) => stack.set(ingressType, "docs-https", { prefixListId: undefined, cidrIpv4: "0.0.0.0/0" }),
    fails: ["cf-origin-locked"],
  },
  {
    title: "the origin is open to half of the world by IPv6",
    breakIt: (stack) => stack.set(ingressType, "docs-https", { prefixListId: undefined, cidrIpv6: "8000::/1" }),
    fails: ["cf-origin-locked"],
  },
  {
    title: "a volume has none of the tags that are copied",
    breakIt: (stack) => stack.set(volumeType, "shop", { tags: { Name: "shop-data" } }),
    fails: ["bak-volume-covered"],
  },
  {
    title: "copies are switched off",
    breakIt: (stack) => stack.set(lifecycleType, "shop", { state: "DISABLED" }),
    fails: ["bak-volume-covered"],
  },
  {
    title: "the balancer logs nothing",
    breakIt: (stack) => stack.set(balancerType, "web", { accessLogs: undefined }),
    fails: ["log-access"],
  },
  {
    title: "the CDN's logs are not its access logs",
    breakIt: (stack) =>
      stack.set("aws:cloudwatch/logDeliverySource:LogDeliverySource", "", { logType: "CONNECTION_LOGS" }),
    fails: ["log-access"],
  },
  {
    title: "nobody delivers the CDN's logs",
    breakIt: (stack) => stack.remove("aws:cloudwatch/logDelivery:LogDelivery", ""),
    fails: ["log-access"],
  },
];
