// A program with every kind of resource that the recording provider has, wired as a deployment would be.
const acm = require("@pulumi/aws/acm");
const autoscaling = require("@pulumi/aws/autoscaling");
const cloudfront = require("@pulumi/aws/cloudfront");
const cloudwatch = require("@pulumi/aws/cloudwatch");
const dlm = require("@pulumi/aws/dlm");
const ebs = require("@pulumi/aws/ebs");
const ec2 = require("@pulumi/aws/ec2");
const efs = require("@pulumi/aws/efs");
const elasticache = require("@pulumi/aws/elasticache");
const iam = require("@pulumi/aws/iam");
const lb = require("@pulumi/aws/lb");
const kms = require("@pulumi/aws/kms");
const route53 = require("@pulumi/aws/route53");
const s3 = require("@pulumi/aws/s3");
const sns = require("@pulumi/aws/sns");
const ssm = require("@pulumi/aws/ssm");
const wafv2 = require("@pulumi/aws/wafv2");
const vpc = require("@pulumi/aws/vpc");
const tls = require("@pulumi/tls");
const zlib = require("node:zlib");

const tags = { Name: "web", team: "R+D: sites" };
const trust = {
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } }],
};

const { bucket } = new s3.Bucket("store", { tags });
new s3.BucketVersioning("store", { bucket, versioningConfiguration: { status: "Enabled" } });
new s3.BucketServerSideEncryptionConfiguration("store", {
  bucket,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
new s3.BucketPublicAccessBlock("store", {
  bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new s3.BucketOwnershipControls("store", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
new s3.BucketPolicy("store", {
  bucket,
  policy: bucket.apply((name) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${name}/*` }],
    }),
  ),
});
new s3.BucketLifecycleConfiguration("store", {
  bucket,
  rules: [
    {
      id: "old versions",
      status: "Enabled",
      filter: {},
      expiration: { days: 90 },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ],
});
new s3.BucketObjectv2("plan", {
  bucket,
  key: "plans/1.json",
  content: '{"é": 1}',
  contentType: "application/json",
  tags,
});

const role = new iam.Role("web", { assumeRolePolicy: { Version: "2012-10-17", ...trust }, tags });
new iam.RolePolicy("web", {
  role: role.name,
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
});
new iam.RolePolicyAttachment("web", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new iam.InstanceProfile("web", { role: role.name, tags });

const group = new ec2.SecurityGroup("web", { description: "Traffic of web", tags });
const rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, tags };
new vpc.SecurityGroupIngressRule("https", { ...rule, cidrIpv4: "0.0.0.0/0", description: "https from anywhere" });
new vpc.SecurityGroupIngressRule("https6", { ...rule, cidrIpv6: "::/0", description: "https from anywhere" });
new vpc.SecurityGroupEgressRule("https", { ...rule, cidrIpv4: "192.0.2.0/24", description: "https to the mirror" });

const key = new ec2.KeyPair("web", {
  publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKSn0zz6DX9Frdb3k6EMtAUlQ1sBXyZBJxeDKPSqFKcQ web",
});
const ami = ssm.getParameterOutput({ name: "/aws/service/debian/release/12/latest/amd64" }).insecureValue;
const subnet = ec2.getSubnetOutput({ availabilityZone: "eu-central-1b" });
const instance = new ec2.Instance("web", {
  ami,
  instanceType: "t3.small",
  subnetId: subnet.id,
  vpcSecurityGroupIds: [group.id],
  iamInstanceProfile: profile.name,
  keyName: key.keyName,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  rootBlockDevice: { encrypted: true, volumeSize: 20, volumeType: "gp3", tags },
  userDataBase64: zlib.gzipSync("#cloud-config\npackages: [nginx]\n").toString("base64"),
  disableApiTermination: true,
  tags,
});
const address = new ec2.Eip("web", { domain: "vpc", tags });
new ec2.EipAssociation("web", { allocationId: address.allocationId, instanceId: instance.id });
const data = new ebs.Volume("data", {
  availabilityZone: subnet.availabilityZone,
  encrypted: true,
  size: 20,
  type: "gp3",
  tags,
});
new ec2.VolumeAttachment("data", { deviceName: "/dev/sdf", instanceId: instance.id, volumeId: data.id });

const balancer = new lb.LoadBalancer("web", {
  internal: true,
  ipAddressType: "ipv4",
  subnets: ["a", "b"].map((zone) => ec2.getSubnetOutput({ availabilityZone: `eu-central-1${zone}` }).id),
  securityGroups: [group.id],
  dropInvalidHeaderFields: true,
  preserveHostHeader: true,
  accessLogs: { bucket, enabled: true },
  tags,
});
const targets = new lb.TargetGroup("web", {
  vpcId: subnet.vpcId,
  port: 443,
  protocol: "HTTPS",
  protocolVersion: "HTTP1",
  deregistrationDelay: 300,
  stickiness: { type: "lb_cookie", enabled: true, cookieDuration: 3600 },
  healthCheck: { protocol: "HTTPS", port: "traffic-port", path: "/up", matcher: "200", interval: 10, timeout: 5 },
  tags,
});
new lb.TargetGroupAttachment("web", { targetGroupArn: targets.arn, targetId: instance.id });
new lb.Listener("http", {
  loadBalancerArn: balancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
});
const tcp = new lb.LoadBalancer("tcp", {
  loadBalancerType: "network",
  subnets: ["a", "b"].map((zone) => ec2.getSubnetOutput({ availabilityZone: `eu-central-1${zone}` }).id),
  securityGroups: [group.id],
  enableCrossZoneLoadBalancing: true,
});
const directory = new lb.TargetGroup("directory", {
  vpcId: subnet.vpcId,
  port: 636,
  protocol: "TCP",
  proxyProtocolV2: true,
  preserveClientIp: "false",
  healthCheck: { protocol: "TCP", port: "traffic-port", interval: 10, healthyThreshold: 3, unhealthyThreshold: 3 },
});
new lb.Listener("ldaps", {
  loadBalancerArn: tcp.arn,
  port: 636,
  protocol: "TCP",
  tcpIdleTimeoutSeconds: 600,
  defaultActions: [{ type: "forward", targetGroupArn: directory.arn }],
});
const certificate = (name) => `arn:aws:iam::111122223333:server-certificate/${name}`;
const https = new lb.Listener("https", {
  loadBalancerArn: balancer.arn,
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  certificateArn: certificate("one"),
  defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
  tags,
});
new lb.ListenerCertificate("other", { listenerArn: https.arn, certificateArn: certificate("other") });
new lb.ListenerRule("shop", {
  listenerArn: https.arn,
  priority: 20001,
  conditions: [{ hostHeader: { values: ["www.example.com"] } }, { pathPattern: { values: ["/shop", "/shop/*"] } }],
  actions: [
    {
      type: "authenticate-oidc",
      order: 1,
      authenticateOidc: {
        issuer: "https://login.example.com",
        authorizationEndpoint: "https://login.example.com/authorize",
        tokenEndpoint: "https://login.example.com/token",
        userInfoEndpoint: "https://login.example.com/userinfo",
        clientId: "landfall",
        clientSecret: "hunter2-hunter2",
        sessionTimeout: 3600,
      },
    },
    { type: "forward", order: 2, targetGroupArn: targets.arn },
  ],
  tags,
});

const template = new ec2.LaunchTemplate("fleet", {
  description: "Machines of fleet",
  updateDefaultVersion: true,
  imageId: ami,
  instanceType: "t3.small",
  keyName: key.keyName,
  iamInstanceProfile: { name: profile.name },
  userData: Buffer.from("#cloud-config\npackages: [nginx]\n").toString("base64"),
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    instanceMetadataTags: "enabled",
  },
  blockDeviceMappings: [
    {
      deviceName: "/dev/xvda",
      ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 16, deleteOnTermination: "true" },
    },
  ],
  vpcSecurityGroupIds: [group.id],
  monitoring: { enabled: true },
  tagSpecifications: [{ resourceType: "volume", tags }],
  tags,
});
const outer = new ec2.LaunchTemplate("outer", {
  imageId: ami,
  instanceType: "t3.small",
  networkInterfaces: [
    { deviceIndex: 0, associatePublicIpAddress: "true", deleteOnTermination: "true", securityGroups: [group.id] },
  ],
});
const version = template.latestVersion.apply(String);
const hook = {
  name: "landfall-healthy",
  lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
  defaultResult: "ABANDON",
  heartbeatTimeout: 1200,
};
const fleet = new autoscaling.Group("fleet", {
  namePrefix: "landfall-dev-web-",
  minSize: 1,
  maxSize: 4,
  desiredCapacity: 1,
  vpcZoneIdentifiers: [subnet.id],
  launchTemplate: { id: template.id, version },
  targetGroupArns: [targets.arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 60,
  defaultInstanceWarmup: 60,
  initialLifecycleHooks: [hook],
  instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
  instanceRefresh: {
    strategy: "Rolling",
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
  },
  maxInstanceLifetime: 30 * 86400,
  terminationPolicies: ["OldestLaunchTemplate", "Default"],
  tags: [{ key: "team", value: "web", propagateAtLaunch: true }],
});
new autoscaling.LifecycleHook("healthy", { autoscalingGroupName: fleet.name, ...hook });
new autoscaling.Policy("cpu", {
  autoscalingGroupName: fleet.name,
  policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: {
    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    targetValue: 50,
  },
});
new autoscaling.Group("spot", {
  minSize: 0,
  maxSize: 2,
  vpcZoneIdentifiers: [subnet.id],
  mixedInstancesPolicy: {
    instancesDistribution: {
      onDemandBaseCapacity: 1,
      onDemandPercentageAboveBaseCapacity: 0,
      spotAllocationStrategy: "price-capacity-optimized",
    },
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: outer.id, version: outer.latestVersion.apply(String) },
      overrides: [{ instanceType: "t3.small" }, { instanceType: "t3a.small" }],
    },
  },
  capacityRebalance: true,
});

const zoneId = route53.getZoneOutput({ name: "example.com" }).zoneId;
const record = { zoneId, name: "www.example.com", ttl: 300 };
new route53.Record("a", { ...record, type: "A", records: [address.publicIp] });
new route53.Record("aaaa", { ...record, type: "AAAA", records: ["2001:db8::1"] });

const target = {
  name: "web-1234567890.eu-central-1.elb.amazonaws.com",
  zoneId: "Z215JYRZR1TBD5",
  evaluateTargetHealth: true,
};
new route53.Record("alias", { zoneId, name: "shop.example.com", type: "A", aliases: [target] });
new route53.Record("caa", { ...record, name: "example.com", type: "CAA", records: ['0 issue "amazon.com"'] });
const check = new route53.HealthCheck("one", {
  type: "HTTPS",
  fqdn: "one.example.com",
  port: 443,
  resourcePath: "/health",
  requestInterval: 30,
  failureThreshold: 3,
  enableSni: true,
  tags,
});
const one = { setIdentifier: "one", records: ["192.0.2.1"], type: "A", healthCheckId: check.id };
const other = { setIdentifier: "other", records: ["192.0.2.2"], type: "A" };
new route53.Record("light", { ...record, ...one, name: "a.example.com", weightedRoutingPolicies: [{ weight: 1 }] });
new route53.Record("heavy", { ...record, ...other, name: "a.example.com", weightedRoutingPolicies: [{ weight: 255 }] });
new route53.Record("first", {
  ...record,
  ...one,
  name: "b.example.com",
  failoverRoutingPolicies: [{ type: "PRIMARY" }],
});
new route53.Record("last", {
  ...record,
  ...other,
  name: "b.example.com",
  failoverRoutingPolicies: [{ type: "SECONDARY" }],
});
const zone = new route53.Zone("dev", { name: "dev.example.com", comment: "Development", tags });
new route53.Record("delegation", { ...record, name: "dev.example.com", type: "NS", records: zone.nameServers });

const issued = new acm.Certificate("issued", {
  domainName: "example.com",
  subjectAlternativeNames: ["*.example.com", "www.example.net"],
  validationMethod: "DNS",
  keyAlgorithm: "EC_prime256v1",
  tags,
});
const proof = issued.domainValidationOptions[0];
new route53.Record("proof", {
  zoneId,
  name: proof.resourceRecordName,
  type: proof.resourceRecordType,
  ttl: 300,
  records: [proof.resourceRecordValue],
});
new acm.CertificateValidation("issued", { certificateArn: issued.arn });
const { privateKeyPem: privateKey } = new tls.PrivateKey("shop", { algorithm: "ECDSA", ecdsaCurve: "P256" });
const { certPem: certificateBody } = new tls.SelfSignedCert("shop", {
  privateKeyPem: privateKey,
  subject: { commonName: "shop.example.com" },
  dnsNames: ["shop.example.com"],
  validityPeriodHours: 24,
  allowedUses: ["server_auth"],
});
new acm.Certificate("imported", { certificateBody, privateKey, tags });
new cloudwatch.MetricAlarm("expiry", {
  alarmDescription: "The certificate expires",
  namespace: "AWS/CertificateManager",
  metricName: "DaysToExpiry",
  dimensions: { CertificateArn: issued.arn },
  statistic: "Minimum",
  period: 86400,
  evaluationPeriods: 1,
  comparisonOperator: "LessThanOrEqualToThreshold",
  threshold: 30,
  alarmActions: ["arn:aws:sns:eu-central-1:111122223333:ops"],
  tags,
});

const topicKey = new kms.Key("alarms", {
  description: "Encrypts what alarms say",
  enableKeyRotation: true,
  deletionWindowInDays: 7,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "kms:*", Resource: "*" },
    ],
  }),
  tags,
});
const topic = new sns.Topic("alarms", { kmsMasterKeyId: topicKey.arn, tags });
new sns.TopicPolicy("alarms", {
  arn: topic.arn,
  policy: topic.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish", Resource: arn },
      ],
    }),
  ),
});
new sns.TopicSubscription("ops", { topic: topic.arn, protocol: "email", endpoint: "ops@example.com" });
new dlm.LifecyclePolicy("data", {
  description: "Daily snapshots of web-data",
  executionRoleArn: role.arn,
  policyDetails: {
    resourceTypes: ["VOLUME"],
    targetTags: { "landfall:snapshots": "web" },
    schedules: [
      {
        name: "daily",
        copyTags: true,
        createRule: { interval: 24, intervalUnit: "HOURS", times: "03:00" },
        retainRule: { count: 7 },
      },
    ],
  },
  tags,
});

new ssm.Parameter("password", { name: "/landfall/web/password", type: "SecureString", value: "hunter2-hunter2", tags });

const network = new ec2.Vpc("network", {
  cidrBlock: "10.20.0.0/16",
  assignGeneratedIpv6CidrBlock: true,
  enableDnsHostnames: true,
  tags,
});
const vpcId = network.id;
new ec2.DefaultSecurityGroup("network", { vpcId, tags });
const front = new ec2.Subnet("front", {
  vpcId,
  availabilityZone: "eu-central-1a",
  cidrBlock: "10.20.0.0/20",
  ipv6CidrBlock: network.ipv6CidrBlock.apply((block) => block.replace("/56", "/64")),
  mapPublicIpOnLaunch: true,
  tags,
});
const back = new ec2.Subnet("back", { vpcId, availabilityZone: "eu-central-1b", cidrBlock: "10.20.128.0/20", tags });
const gateway = new ec2.InternetGateway("network", { vpcId, tags });
const egressOnly = new ec2.EgressOnlyInternetGateway("network", { vpcId, tags });
const way = new ec2.Eip("nat", { domain: "vpc", tags });
const nat = new ec2.NatGateway("network", { allocationId: way.allocationId, subnetId: front.id, tags });
const out = new ec2.RouteTable("front", { vpcId, tags });
const inside = new ec2.RouteTable("back", { vpcId, tags });
new ec2.Route("front", { routeTableId: out.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
new ec2.Route("back", { routeTableId: inside.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id });
new ec2.Route("back6", {
  routeTableId: inside.id,
  destinationIpv6CidrBlock: "::/0",
  egressOnlyGatewayId: egressOnly.id,
});
new ec2.RouteTableAssociation("front", { routeTableId: out.id, subnetId: front.id });
new ec2.RouteTableAssociation("back", { routeTableId: inside.id, subnetId: back.id });
new ec2.VpcEndpoint("s3", {
  vpcId,
  serviceName: "com.amazonaws.eu-central-1.s3",
  vpcEndpointType: "Gateway",
  routeTableIds: [out.id, inside.id],
  tags,
});
const inner = new ec2.SecurityGroup("endpoints", { vpcId, description: "Traffic of endpoints", tags });
new ec2.VpcEndpoint("ssm", {
  vpcId,
  serviceName: "com.amazonaws.eu-central-1.ssm",
  vpcEndpointType: "Interface",
  subnetIds: [back.id],
  securityGroupIds: [inner.id],
  privateDnsEnabled: true,
  tags,
});
const logs = new cloudwatch.LogGroup("network", { retentionInDays: 30, tags });
new cloudwatch.LogMetricFilter("failed", {
  logGroupName: logs.name,
  pattern: '{ $.status = "5*" }',
  metricTransformation: { namespace: "/landfall/demo", name: "failed", value: "1", defaultValue: "0", unit: "Count" },
});
new cloudwatch.MetricAlarm("failed", {
  metricQueries: [
    { id: "failed", metric: { namespace: "/landfall/demo", metricName: "failed", period: 300, stat: "Sum" } },
    { id: "twice", expression: "2 * failed", label: "twice", returnData: true },
  ],
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  threshold: 5,
  treatMissingData: "notBreaching",
  tags,
});
new ec2.FlowLog("network", { vpcId, trafficType: "REJECT", logDestination: logs.arn, iamRoleArn: role.arn, tags });

const files = new cloudfront.CachePolicy("files", {
  comment: "Files",
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 31_536_000,
  parametersInCacheKeyAndForwardedToOrigin: {
    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
    cookiesConfig: { cookieBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  },
});
const passedOn = {
  targetOriginId: "origin",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
};
const inVpc = new cloudfront.VpcOrigin("inner", {
  vpcOriginEndpointConfig: {
    name: "inner",
    arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/inner/0123456789abcdef",
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
  },
  tags,
});
const distribution = new cloudfront.Distribution("web", {
  comment: "Cdn web",
  enabled: true,
  aliases: ["www.example.com"],
  origins: [
    {
      originId: "origin",
      domainName: "origin.example.com",
      customHeaders: [{ name: "X-Origin-Secret", value: "hunter2-hunter2" }],
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: 30,
        originKeepaliveTimeout: 5,
      },
    },
    {
      originId: "inner",
      domainName: "internal-inner-1.eu-central-1.elb.amazonaws.com",
      vpcOriginConfig: { vpcOriginId: inVpc.id, originReadTimeout: 30, originKeepaliveTimeout: 5 },
    },
  ],
  defaultCacheBehavior: passedOn,
  orderedCacheBehaviors: [
    { ...passedOn, pathPattern: "/docs/*", allowedMethods: ["GET", "HEAD"], cachePolicyId: files.id, compress: true },
  ],
  customErrorResponses: [
    { errorCode: 502, errorCachingMinTtl: 0 },
    { errorCode: 503, errorCachingMinTtl: 0, responseCode: 503, responsePagePath: "/errors/503.html" },
  ],
  viewerCertificate: {
    acmCertificateArn: issued.arn,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
  httpVersion: "http2and3",
  isIpv6Enabled: true,
  priceClass: "PriceClass_All",
  restrictions: { geoRestriction: { restrictionType: "none" } },
  tags,
});
const accessLogs = new cloudwatch.LogDeliverySource("access", {
  region: "us-east-1",
  logType: "ACCESS_LOGS",
  resourceArn: distribution.arn,
  tags,
});
const logBucket = new cloudwatch.LogDeliveryDestination("access", {
  region: "us-east-1",
  outputFormat: "w3c",
  deliveryDestinationConfiguration: { destinationResourceArn: bucket.apply((name) => `arn:aws:s3:::${name}`) },
  tags,
});
new cloudwatch.LogDelivery("access", {
  region: "us-east-1",
  deliverySourceName: accessLogs.name,
  deliveryDestinationArn: logBucket.arn,
  tags,
});

const seen = (metricName) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
const acl = new wafv2.WebAcl("web", {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  rules: [
    {
      name: "rate-limit",
      priority: 0,
      action: { block: {} },
      statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 2000, evaluationWindowSec: 300 } },
      visibilityConfig: seen("rate-limit"),
    },
    {
      name: "common",
      priority: 1,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: "AWSManagedRulesCommonRuleSet",
          ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
        },
      },
      visibilityConfig: seen("common"),
    },
  ],
  visibilityConfig: seen("web"),
  tags,
});
new wafv2.WebAclAssociation("web", { resourceArn: balancer.arn, webAclArn: acl.arn });
const refused = new cloudwatch.LogGroup("aws-waf-logs-web", { retentionInDays: 30, tags });
new wafv2.WebAclLoggingConfiguration("web", {
  resourceArn: acl.arn,
  logDestinationConfigs: [refused.arn],
  loggingFilter: {
    defaultBehavior: "DROP",
    filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions: [{ actionCondition: { action: "BLOCK" } }] }],
  },
  redactedFields: [{ singleHeader: { name: "authorization" } }],
});

const uploads = new efs.FileSystem("files", {
  encrypted: true,
  performanceMode: "generalPurpose",
  throughputMode: "elastic",
  lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
  tags,
});
new efs.MountTarget("files", { fileSystemId: uploads.id, subnetId: front.id });
new efs.BackupPolicy("files", { fileSystemId: uploads.id, backupPolicy: { status: "ENABLED" } });
const cacheSubnets = new elasticache.SubnetGroup("sessions", { subnetIds: [front.id], tags });
const cacheSettings = new elasticache.ParameterGroup("sessions", {
  family: "valkey8",
  parameters: [{ name: "maxmemory-policy", value: "volatile-lru" }],
  tags,
});
new elasticache.ReplicationGroup("sessions", {
  description: "sessions",
  engine: "valkey",
  engineVersion: "8.0",
  nodeType: "cache.t4g.micro",
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  multiAzEnabled: true,
  parameterGroupName: cacheSettings.name,
  subnetGroupName: cacheSubnets.name,
  atRestEncryptionEnabled: true,
  transitEncryptionEnabled: true,
  transitEncryptionMode: "required",
  authToken: "hunter2-hunter2-hunter2",
  snapshotRetentionLimit: 1,
  applyImmediately: true,
  tags,
});
