export type { AcmeArgs } from "./app/acme-args";
export * from "./app/app";
export type { AppTls } from "./app/app-tls";
export * from "./app/balance";
export * from "./app/domain-settings";
export * from "./app/health-check";
export * from "./app/listen";
export * from "./app/process";
export * from "./app/python";
export * from "./app/reach";
export { type Redis, RedisWhenFull } from "./app/redis";
export * from "./app/relaxation";
export * from "./app/secret";
export * from "./app/source";
export * from "./app/web";
export * from "./app/web-front";
export * from "./app/route/route";
export { type Cache, type CacheTime, type CacheZone } from "./app/route/cache";
export { FilesFrom, type Files } from "./app/route/files";
export { type Freshness } from "./app/route/freshness";
export * from "./app/web-logs";
export { type Cors } from "./app/route/cors";
export { type Limits } from "./app/route/limits";
export { HttpMethod } from "./app/route/methods";
export {
  type ContentSecurityPolicy,
  ReferrerPolicy,
  ResourcePolicy,
  type Security,
  SecurityPreset,
  ServedFiles,
  ServerHeader,
  type StrictTransport,
  XssProtection,
} from "./app/route/security";
export { command, type CommandArgs } from "./app/presets/command";
export { esg, type EsgArgs } from "./app/presets/esg";
export { gramex, type GramexArgs } from "./app/presets/gramex";
export { gunicorn, type GunicornArgs } from "./app/presets/gunicorn";
export { hypercorn, type HypercornArgs } from "./app/presets/hypercorn";
export { pound, type PoundArgs } from "./app/presets/pound";
export { publ, type PublArgs } from "./app/presets/publ";
export { staticSite, type StaticSiteArgs } from "./app/presets/static-site";
export { uvicorn, type UvicornArgs } from "./app/presets/uvicorn";
export { dataFolder, tlsCertificateFile, tlsKeyFile } from "./app/paths";
export { type InlineUserData, type UserDataPart } from "./host/cloud-init/inline";
export { inlineHost, type InlineHostArgs } from "./host/cloud-init/inline-host";
export { type DataVolume } from "./host/cloud-init/user-data";
export {
  cloudFrontHop,
  applicationLoadBalancerHop,
  NamesClient,
  networkLoadBalancerHop,
  type CloudFrontHop,
  type Hop,
  type ApplicationLoadBalancerHop,
  type NetworkLoadBalancerHop,
} from "./host/hop";
export { balancerHop, type BalancerHop } from "./host/balancer-hop";
export { type PlannedAcme } from "./host/plan";
export { type CertificateSource } from "./host/plan-host";
export { WebServer, webServerHop, type WebServerArgs } from "./host/web-server/web-server";
export { webServerSnippets, type WebServerSnippet } from "./host/web-server/snippet";
export { letsEncrypt } from "./host/tls/acme";
export { type AppAddress, type SiteHealth } from "./host/site-addresses";
export { type CloudWatchAgentRelease } from "./host/cloudwatch-agent/release";
export { type PackageDigests } from "./host/package-release";
export { type SsmAgentRelease } from "./host/ssm-agent";
export type { LocalSignedArgs, LocalSignedCertificateArgs } from "./local/signed";
export {
  LocalSite,
  type LocalCertificateArgs,
  type LocalSiteArgs,
  type MachineAddress,
  type SiteAddress,
} from "./local/local-site";
export { Cdn } from "./aws/cdn/cdn";
export {
  PriceClass,
  type CdnArgs,
  type CdnLogArgs,
  type CdnOriginArgs,
  type CdnVpcOriginArgs,
  type ErrorPageArgs,
  type OriginSecrets,
} from "./aws/cdn/cdn-args";
export { Certificate } from "./aws/certificate/certificate";
export {
  KeyAlgorithm,
  type AcmCertificateArgs,
  type ExpiryAlarmArgs,
  type ImportPemArgs,
} from "./aws/certificate/certificate-args";
export { type SignedArgs, type SignedCertificateArgs } from "./host/tls/signed-args";
export { ChangeEffect, changeEffect } from "./aws/change-effect";
export { type SiteContract } from "./aws/contract";
export { type ContractRoute, type HostContract } from "./host/contract";
export { type CostEstimate, type CostLine } from "./aws/costs/estimate";
export { DnsRecords } from "./aws/dns-records";
export {
  FailoverRole,
  type AliasArgs,
  type CaaArgs,
  type DnsRecordsArgs,
  type DnsHealthCheckArgs,
  type RoutingArgs,
} from "./aws/dns-records-args";
export { type ZoneArgs } from "./aws/find-zones";
export { Fleet } from "./aws/fleet/fleet";
export { type FleetArgs, type RequestScalingArgs, type ScalingArgs, type SpotArgs } from "./aws/fleet/fleet-args";
export { HostedZone, type HostedZoneArgs } from "./aws/hosted-zone";
export { type BalancerTarget } from "./aws/load-balancer/check-ends";
export { LoadBalancer } from "./aws/load-balancer/load-balancer";
export {
  DesyncMitigation,
  type AccessLogArgs,
  type LoadBalancerArgs,
  type LoginArgs,
} from "./aws/load-balancer/load-balancer-args";
export { NetworkLoadBalancer } from "./aws/load-balancer/network-load-balancer";
export { type NetworkListenerArgs, type NetworkLoadBalancerArgs } from "./aws/load-balancer/network-load-balancer-args";
export { Network } from "./aws/network/network";
export {
  InterfaceEndpoint,
  LoggedTraffic,
  NatGateways,
  type CreateNetworkArgs,
  type EndpointsArgs,
  type ExistingNetworkArgs,
  type FlowLogsArgs,
  type NetworkArgs,
} from "./aws/network/network-args";
export { SecurityGroup, type SecurityGroupArgs } from "./aws/security-group";
export { Server, type ServerArgs } from "./aws/server";
export { type FilesArgs, type SharedFilesArgs } from "./aws/files/files-args";
export { SharedFiles } from "./aws/files/shared-files";
export { type RedisNodesArgs, type SharedRedisArgs } from "./aws/redis/redis-args";
export { SharedRedis } from "./aws/redis/shared-redis";
export { type ServerStore } from "./aws/server-store";
export { Site } from "./aws/site";
export {
  Delivery,
  SiteShape,
  type CertificateArgs,
  type SiteArgs,
  type SiteCdnArgs,
  type SiteFleetArgs,
  type SiteRequestsArgs,
} from "./aws/site-args";
export { type SshArgs } from "./aws/ssh-access";
export { Store, type StoreArgs } from "./aws/store";
export { Protocol, type PeerGroup, type PeerPrefixList, type TrafficArgs } from "./aws/traffic-args";
export {
  type FleetMonitoringArgs,
  type MonitoringArgs,
  type NotifyArgs,
  type ReportsArgs,
  type SiteMonitoringArgs,
  type SnapshotArgs,
} from "./aws/watch/watch-args";
export { WebAcl } from "./aws/waf/web-acl";
export {
  ManagedRules,
  WebAclScope,
  type ManagedRulesArgs,
  type RateLimitArgs,
  type WebAclArgs,
  type WebAclLogArgs,
} from "./aws/waf/web-acl-args";
