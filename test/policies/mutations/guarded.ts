import { EditableStack, unknownText } from "./editable-stack";
import { Mutation } from "./mutation";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const ruleType = "aws:lb/listenerRule:ListenerRule";
const groupType = "aws:lb/targetGroup:TargetGroup";
const attachmentType = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const certificateType = "aws:acm/certificate:Certificate";
const distributionType = "aws:cloudfront/distribution:Distribution";
const volumeType = "aws:ebs/volume:Volume";
const lifecycleType = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
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

/** Changes the health check of the shop. */
function health(changes: Record<string, string>): Mutation["breakIt"] {
  return (stack) => {
    const before = stack.resource(groupType, "web-shop").inputs["healthCheck"] as object;
    stack.set(groupType, "web-shop", { healthCheck: { ...before, ...changes } });
  };
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
    title: "the balancer has browsers ask by HTTPS for five minutes",
    breakIt: listener("web-https", { routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=300" }),
    fails: ["tls-hsts"],
  },
  {
    title: "the CDN has browsers ask by HTTPS for an hour, whatever nginx says",
    breakIt: both(
      (stack) =>
        stack.add("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "short", {
          securityHeadersConfig: { strictTransportSecurity: { accessControlMaxAgeSec: 3600, override: true } },
        }),
      distribution("defaultCacheBehavior", ([behaviour]) =>
        Object.assign(behaviour!, { responseHeadersPolicyId: unknownText }),
      ),
      makeFrom(distributionType, "", "defaultCacheBehavior", (stack) => [
        stack.resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "short").urn,
      ]),
    ),
    fails: ["tls-hsts"],
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
    title: "the balancer's rule is for another domain",
    breakIt: (stack) => stack.set(ruleType, "web", { conditions: [{ hostHeader: { values: ["docs.example.com"] } }] }),
    fails: ["dns-path-routed"],
  },
  {
    title: "the balancer's rule is for the first page only",
    breakIt: (stack) =>
      stack.set(ruleType, "web", {
        conditions: [{ hostHeader: { values: ["www.example.com"] } }, { pathPattern: { values: ["/"] } }],
      }),
    fails: ["dns-path-routed"],
  },
  {
    title: "another rule of the balancer is asked before",
    breakIt: (stack) =>
      stack.add(
        ruleType,
        "closed",
        {
          listenerArn: unknownText,
          priority: 1,
          conditions: [{ hostHeader: { values: ["*.example.com"] } }],
          actions: [{ type: "fixed-response", fixedResponse: { statusCode: "503" } }],
        },
        { listenerArn: [stack.resource(listenerType, "web-https").urn] },
      ),
    fails: ["dns-path-routed"],
  },
  {
    title: "the CDN asks a bucket for all",
    breakIt: both(
      distribution("origins", (origins) =>
        origins.push({ originId: "files", domainName: "files.s3.amazonaws.com", originAccessControlId: "E1" } as never),
      ),
      distribution("defaultCacheBehavior", ([behaviour]) => Object.assign(behaviour!, { targetOriginId: "files" })),
    ),
    fails: ["dns-path-routed"],
  },
  {
    title: "a behaviour of the CDN comes after one for all paths",
    breakIt: distribution("orderedCacheBehaviors", (behaviours) =>
      behaviours.unshift(
        { ...behaviours[0]!, pathPattern: "*", targetOriginId: "origin" } as never,
        {
          ...behaviours[0]!,
          pathPattern: "/a/*",
          targetOriginId: "origin",
          viewerProtocolPolicy: "https-only",
        } as never,
      ),
    ),
    fails: ["cf-viewer-https", "dns-path-routed"],
  },
  {
    title: "the balancer asks the machine on another port",
    breakIt: (stack) => stack.set(groupType, "web-shop", { port: 8443 }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer asks nginx by plain HTTP where it speaks TLS",
    breakIt: (stack) => stack.set(groupType, "web-shop", { protocol: "HTTP" }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the machine is not registered with its group's port",
    breakIt: (stack) => stack.set(attachmentType, "web-shop", { port: 444 }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer asks for health on a port of its own",
    breakIt: health({ port: "9000" }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer asks for health where nginx refuses",
    breakIt: health({ path: "/" }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer asks for health by plain HTTP",
    breakIt: health({ protocol: "HTTP" }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the machine lets the balancer in at another port",
    breakIt: (stack) => stack.set(ingressType, "web-to-shop", { fromPort: 8443, toPort: 8443 }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer for connections asks for a port that is closed",
    breakIt: (stack) => stack.set(groupType, "raw-https", { port: 636 }),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the CDN asks the origin on another port",
    breakIt: distribution("origins", ([origin]) => Object.assign(origin!["customOriginConfig"]!, { httpsPort: 8443 })),
    fails: ["port-chain-consistent"],
  },
  {
    title: "the balancer lets nobody in at its port for HTTPS",
    breakIt: (stack) => {
      stack.remove(ingressType, "web-balancer-https-from-anywhere-ipv4");
      stack.remove(ingressType, "web-balancer-https-from-anywhere-ipv6");
    },
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "the balancer for connections lets itself in only",
    breakIt: (stack) => {
      stack.remove(ingressType, "raw-tcp-https-from-anywhere-ipv6");
      stack.set(ingressType, "raw-tcp-https-from-anywhere-ipv4", {
        cidrIpv4: undefined,
        referencedSecurityGroupId: "raw-tcp-id",
      });
      const { propertyDependencies } = stack.resource(ingressType, "raw-tcp-https-from-anywhere-ipv4");
      propertyDependencies!["referencedSecurityGroupId"] = propertyDependencies!["securityGroupId"]!;
    },
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "the balancer is let out nowhere",
    breakIt: (stack) => stack.remove(egressType, "web-balancer-https-to-group-shop"),
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "the balancer is let out to another port of the machine",
    breakIt: (stack) => stack.set(egressType, "web-balancer-https-to-group-shop", { fromPort: 80, toPort: 80 }),
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "the machine lets the CDN in at another port than it asks",
    breakIt: (stack) => stack.remove(ingressType, "docs-https-from-pl-a3a144ca"),
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "the CDN is switched off",
    breakIt: (stack) => stack.set(distributionType, "", { enabled: false }),
    fails: ["net-declared-port-reachable"],
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
