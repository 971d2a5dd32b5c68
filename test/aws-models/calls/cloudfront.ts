import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

interface KeyPart {
  readonly headerBehavior?: string;
  readonly cookieBehavior?: string;
  readonly queryStringBehavior?: string;
  readonly headers?: { readonly items: string[] };
}

interface CacheKey {
  readonly headersConfig: KeyPart;
  readonly cookiesConfig: KeyPart;
  readonly queryStringsConfig: KeyPart;
  readonly enableAcceptEncodingGzip?: boolean;
  readonly enableAcceptEncodingBrotli?: boolean;
}

export function cachePolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const { headersConfig, ...key } = inputs.take<CacheKey>("parametersInCacheKeyAndForwardedToOrigin")!;
  const CachePolicyConfig = given({
    Name: inputs.take("name"),
    Comment: inputs.take("comment"),
    MinTTL: inputs.take("minTtl") ?? 0,
    DefaultTTL: inputs.take("defaultTtl"),
    MaxTTL: inputs.take("maxTtl"),
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: key.enableAcceptEncodingGzip ?? false,
      EnableAcceptEncodingBrotli: key.enableAcceptEncodingBrotli ?? false,
      HeadersConfig: given({
        HeaderBehavior: headersConfig.headerBehavior,
        Headers: headersConfig.headers && items(headersConfig.headers.items),
      }),
      CookiesConfig: { CookieBehavior: key.cookiesConfig.cookieBehavior },
      QueryStringsConfig: { QueryStringBehavior: key.queryStringsConfig.queryStringBehavior },
    },
  });
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "cloudfront",
      operation: "CreateCachePolicy",
      parameters: { CachePolicyConfig },
      motoRefuses: {
        reason: "moto has no cache policies (moto/cloudfront/responses.py)",
        error: /\(404\) when calling the CreateCachePolicy operation/,
      },
    },
  ];
}

interface Behaviour {
  readonly pathPattern?: string;
  readonly targetOriginId: string;
  readonly viewerProtocolPolicy: string;
  readonly allowedMethods: string[];
  readonly cachedMethods: string[];
  readonly cachePolicyId: string;
  readonly originRequestPolicyId?: string;
  readonly compress?: boolean;
}

interface Origin {
  readonly originId: string;
  readonly domainName: string;
  readonly customHeaders?: { readonly name: string; readonly value: string }[];
  readonly customOriginConfig?: OriginWaits & {
    readonly httpPort: number;
    readonly httpsPort: number;
    readonly originProtocolPolicy: string;
    readonly originSslProtocols: string[];
  };
  readonly vpcOriginConfig?: OriginWaits & { readonly vpcOriginId: string };
}

interface OriginWaits {
  readonly originReadTimeout?: number;
  readonly originKeepaliveTimeout?: number;
}

interface CustomError {
  readonly errorCode: number;
  readonly errorCachingMinTtl?: number;
  readonly responseCode?: number;
  readonly responsePagePath?: string;
}

interface ViewerCertificate {
  readonly acmCertificateArn: string;
  readonly sslSupportMethod: string;
  readonly minimumProtocolVersion: string;
}

export function distributionCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  // What the provider itself does about waiting and deleting.
  inputs.leave("waitForDeployment", "retainOnDelete");
  const aliases = inputs.take<string[]>("aliases") ?? [];
  const origins = inputs.take<Origin[]>("origins")!;
  const ordered = inputs.take<Behaviour[]>("orderedCacheBehaviors") ?? [];
  const errors = inputs.take<CustomError[]>("customErrorResponses") ?? [];
  const certificate = inputs.take<ViewerCertificate>("viewerCertificate")!;
  const { geoRestriction } = inputs.take<{ geoRestriction: { restrictionType: string } }>("restrictions")!;
  const DistributionConfig = given({
    CallerReference: resource.outputs["callerReference"],
    Comment: inputs.take("comment") ?? "",
    Enabled: inputs.take("enabled"),
    Aliases: items(aliases),
    Origins: items(origins.map(originOf)),
    DefaultCacheBehavior: behaviourOf(inputs.take<Behaviour>("defaultCacheBehavior")!),
    CacheBehaviors: items(ordered.map(behaviourOf)),
    CustomErrorResponses: items(errors.map(errorOf)),
    ViewerCertificate: {
      ACMCertificateArn: certificate.acmCertificateArn,
      SSLSupportMethod: certificate.sslSupportMethod,
      MinimumProtocolVersion: certificate.minimumProtocolVersion,
    },
    Restrictions: { GeoRestriction: { RestrictionType: geoRestriction.restrictionType, Quantity: 0 } },
    HttpVersion: inputs.take("httpVersion"),
    IsIPV6Enabled: inputs.take("isIpv6Enabled"),
    PriceClass: inputs.take("priceClass"),
    Staging: inputs.take("staging"),
  });
  const Items = tagList(inputs.take("tags")) ?? [];
  inputs.done();
  const config = "Distribution.DistributionConfig";
  return [
    {
      urn: resource.urn,
      service: "cloudfront",
      operation: "CreateDistributionWithTags",
      parameters: { DistributionConfigWithTags: { DistributionConfig, Tags: { Items } } },
      draws: { id: resource.id, from: "Distribution.Id" },
      readBack: {
        operation: "GetDistribution",
        parameters: { Id: resource.id },
        expected: {
          [`${config}.Aliases.Items`]: aliases,
          [`${config}.Origins.Items[].DomainName`]: origins.map(({ domainName }) => domainName),
          [`${config}.CacheBehaviors.Items[].PathPattern`]: ordered.map(({ pathPattern }) => pathPattern),
          [`${config}.ViewerCertificate.MinimumProtocolVersion`]: certificate.minimumProtocolVersion,
        },
      },
    },
  ];
}

function items(list: readonly unknown[]): Parameters {
  return { Quantity: list.length, ...(list.length > 0 && { Items: list }) };
}

function behaviourOf(one: Behaviour): Parameters {
  return given({
    PathPattern: one.pathPattern,
    TargetOriginId: one.targetOriginId,
    ViewerProtocolPolicy: one.viewerProtocolPolicy,
    AllowedMethods: { ...items(one.allowedMethods), CachedMethods: items(one.cachedMethods) },
    CachePolicyId: one.cachePolicyId,
    OriginRequestPolicyId: one.originRequestPolicyId,
    Compress: one.compress,
  }) as Parameters;
}

function originOf(origin: Origin): Parameters {
  const { originId, domainName, customHeaders = [], customOriginConfig: custom, vpcOriginConfig: vpc } = origin;
  return given({
    Id: originId,
    DomainName: domainName,
    CustomHeaders: items(customHeaders.map(({ name, value }) => ({ HeaderName: name, HeaderValue: value }))),
    CustomOriginConfig:
      custom &&
      given({
        HTTPPort: custom.httpPort,
        HTTPSPort: custom.httpsPort,
        OriginProtocolPolicy: custom.originProtocolPolicy,
        OriginSslProtocols: items(custom.originSslProtocols),
        ...waitsOf(custom),
      }),
    VpcOriginConfig: vpc && given({ VpcOriginId: vpc.vpcOriginId, ...waitsOf(vpc) }),
  }) as Parameters;
}

const waitsOf = ({ originReadTimeout, originKeepaliveTimeout }: OriginWaits): Parameters => ({
  OriginReadTimeout: originReadTimeout,
  OriginKeepaliveTimeout: originKeepaliveTimeout,
});

function errorOf({ errorCode, errorCachingMinTtl, responseCode, responsePagePath }: CustomError): Parameters {
  return given({
    ErrorCode: errorCode,
    ErrorCachingMinTTL: errorCachingMinTtl,
    ResponseCode: responseCode === undefined ? undefined : String(responseCode),
    ResponsePagePath: responsePagePath,
  }) as Parameters;
}

interface VpcOriginEndpoint {
  readonly name: string;
  readonly arn: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly originProtocolPolicy: string;
  readonly originSslProtocols: { readonly items: string[] };
}

export function vpcOriginCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("timeouts");
  const endpoint = inputs.take<VpcOriginEndpoint>("vpcOriginEndpointConfig")!;
  const Items = tagList(inputs.take("tags"));
  inputs.done();
  const VpcOriginEndpointConfig = {
    Name: endpoint.name,
    Arn: endpoint.arn,
    HTTPPort: endpoint.httpPort,
    HTTPSPort: endpoint.httpsPort,
    OriginProtocolPolicy: endpoint.originProtocolPolicy,
    OriginSslProtocols: items(endpoint.originSslProtocols.items),
  };
  return [
    {
      urn: resource.urn,
      service: "cloudfront",
      operation: "CreateVpcOrigin",
      parameters: given({ VpcOriginEndpointConfig, Tags: Items && { Items } }) as Parameters,
      motoRefuses: {
        reason: "moto has no VPC origins (moto/cloudfront/responses.py)",
        error: /\(404\) when calling the CreateVpcOrigin operation/,
      },
    },
  ];
}
