import * as pulumi from "@pulumi/pulumi";
import { Cdn } from "../../../components/aws/cdn/cdn";
import { Certificate } from "../../../components/aws/certificate/certificate";
import { DnsRecords } from "../../../components/aws/dns-records";
import { LoadBalancer } from "../../../components/aws/load-balancer/load-balancer";
import { NetworkLoadBalancer } from "../../../components/aws/load-balancer/network-load-balancer";
import { SecurityGroup } from "../../../components/aws/security-group";
import { Server } from "../../../components/aws/server";
import { inlineHost } from "../../../components/host/cloud-init/inline-host";
import { applicationLoadBalancerHop, cloudFrontHop } from "../../../components/host/hop";
import { gitApp } from "../../components/aws/sample-place";
import { record, Registered } from "../../components/aws/recorded";

const vpcId = "vpc-1";
const subnetIds = ["subnet-1", "subnet-2"];
const addresses = ["10.0.1.0/24", "10.0.2.0/24"];
const shop = gitApp({ name: "shop", routes: [{ domain: "www.example.com" }] });
const docs = gitApp({ routes: [{ domain: "docs.example.com" }] });

/** Balancers and a CDN before two servers, with certificates, copies and logs: all that the rules ask for. */
function program(): void {
  const certificate = new Certificate("web", {
    domains: ["www.example.com", "docs.example.com"],
    regions: ["eu-central-1", "us-east-1"],
  });
  const group = new SecurityGroup("shop", { vpcId });
  const server = new Server("shop", {
    debian: 12,
    userDataBase64: inlineHost({ apps: [shop], debian: 12, front: [applicationLoadBalancerHop({ addresses })] }).base64,
    securityGroupIds: [group.groupId],
    snapshots: {},
  });
  const hosts = [{ name: "shop", id: group.groupId }];
  const targets = [{ name: "shop", instanceId: server.instanceId }];
  const balancer = new LoadBalancer("web", {
    apps: [shop],
    vpcId,
    subnetIds,
    addresses,
    hosts,
    targets,
    certificateArn: certificate.arn,
    accessLogs: {},
  });
  new DnsRecords("shop", {
    domains: ["www.example.com"],
    alias: { dnsName: balancer.dnsName, zoneId: balancer.zoneId },
  });
  new NetworkLoadBalancer("raw", { listeners: [{ port: "https" }], vpcId, subnetIds, hosts, targets });
  behindCdn(certificate.arns.apply((arns) => arns["us-east-1"]!));
}

/** A distribution with a machine behind it that lets in CloudFront's addresses alone. */
function behindCdn(certificateArn: pulumi.Output<string>): void {
  const ingress = ["http", "https"].map((port) => ({ port, peer: "pl-a3a144ca" }));
  const group = new SecurityGroup("docs", { vpcId, ingress });
  const server = new Server("docs", {
    debian: 12,
    userDataBase64: inlineHost({ apps: [docs], debian: 12 }).base64,
    securityGroupIds: [group.groupId],
    snapshots: {},
  });
  new DnsRecords("origin", { domains: ["origin.example.com"], ipv4: server.address });
  const cdn = new Cdn("docs", {
    apps: [docs],
    certificateArn,
    origin: { domainName: "origin.example.com", challenges: true },
  });
  new DnsRecords("docs", {
    domains: ["docs.example.com"],
    alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId },
  });
}

/** An internal balancer, and a distribution that reaches it inside the network. */
function entersNetwork(): void {
  const { arns } = new Certificate("web", { domains: ["www.example.com"], regions: ["eu-central-1", "us-east-1"] });
  const front = [cloudFrontHop({ addresses })];
  const hop = applicationLoadBalancerHop({ addresses });
  const group = new SecurityGroup("shop", { vpcId });
  const server = new Server("shop", {
    debian: 12,
    userDataBase64: inlineHost({ apps: [shop], debian: 12, front: [...front, hop] }).base64,
    securityGroupIds: [group.groupId],
    snapshots: {},
  });
  const balancer = new LoadBalancer("web", {
    apps: [shop],
    vpcId,
    subnetIds,
    addresses,
    hosts: [{ name: "shop", id: group.groupId }],
    targets: [{ name: "shop", instanceId: server.instanceId }],
    certificateArn: arns.apply((byRegion) => byRegion["eu-central-1"]!),
    internal: true,
    clients: ["pl-a3a144ca"],
    front,
    accessLogs: {},
  });
  const cdn = new Cdn("web", {
    apps: [shop],
    certificateArn: arns.apply((byRegion) => byRegion["us-east-1"]!),
    origin: { domainName: balancer.dnsName, vpc: { arn: balancer.arn } },
  });
  new DnsRecords("shop", {
    domains: ["www.example.com"],
    alias: { dnsName: cdn.domainName, zoneId: cdn.zoneId },
  });
}

/** The first program as a preview shows it. */
export const guardedPreview = (): Promise<string> => previewOf(program);

/** The second one. */
export const innerPreview = (): Promise<string> => previewOf(entersNetwork);

async function previewOf(made: () => void): Promise<string> {
  const { resources } = await record(made);
  const steps = resources.map((resource) => ({ op: "create", urn: urnOf(resource), newState: stateOf(resource) }));
  return JSON.stringify({ steps });
}

const urnOf = ({ type, name }: Pick<Registered, "type" | "name">): string =>
  `urn:pulumi:dev::landfall::${type}::${name}`;
const long = (short: string): string => `urn:pulumi:dev::landfall::${short}`;

function stateOf(resource: Registered): object {
  const { type, inputs, dependsOn, propertyDependencies } = resource;
  return {
    urn: urnOf(resource),
    type,
    inputs,
    dependencies: dependsOn.map(long),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(long)]),
    ),
  };
}
