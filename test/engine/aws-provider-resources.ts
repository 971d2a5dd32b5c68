/** A resource of each kind that the recording provider has, and a change that replaces it. */
export interface Planted {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs that change, and become the reason of a replacement. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Whether the old one has to go first. @default false */
  readonly deletesFirst?: boolean;
}

const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };
const otherKindOfPeer = { cidrIpv4: undefined, prefixListId: "pl-1" };

const answer = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }];

const dailySnapshots = (copyTags: boolean): object => ({
  resourceTypes: ["VOLUME"],
  targetTags: { snapshots: "one" },
  schedules: [{ name: "daily", copyTags, createRule: { interval: 24 }, retainRule: { count: 7 } }],
});

/** By type token. */
export const planted: Readonly<Record<string, Planted>> = {
  "aws:acm/certificate:Certificate": {
    inputs: { domainName: "www.example.com", validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
    change: { subjectAlternativeNames: ["shop.example.com"] },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    inputs: { certificateArn: "arn:one" },
    change: { certificateArn: "arn:two" },
  },
  "aws:autoscaling/group:Group": {
    inputs: { namePrefix: "one-", minSize: 1, maxSize: 2, launchTemplate: { id: "lt-1", version: "1" } },
    change: { namePrefix: "two-" },
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    inputs: {
      autoscalingGroupName: "web",
      name: "one",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    },
    change: { name: "two" },
    deletesFirst: true,
  },
  "aws:autoscaling/policy:Policy": {
    inputs: { autoscalingGroupName: "one", adjustmentType: "ChangeInCapacity", scalingAdjustment: 1 },
    change: { autoscalingGroupName: "two" },
  },
  "aws:cloudfront/distribution:Distribution": {
    inputs: {
      enabled: true,
      origins: [{ originId: "origin", domainName: "origin.example.com" }],
      defaultCacheBehavior: {
        targetOriginId: "origin",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    },
    change: { staging: true },
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    inputs: { deliverySourceName: "one", deliveryDestinationArn: "arn:aws:logs:us-east-1:111122223333:one" },
    change: { deliverySourceName: "two" },
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    inputs: { deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::one" } },
    change: {
      deliveryDestinationConfiguration: {
        destinationResourceArn: "arn:aws:firehose:us-east-1:111122223333:deliverystream/one",
      },
    },
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    inputs: { logType: "ACCESS_LOGS", resourceArn: "arn:aws:cloudfront::111122223333:distribution/ONE" },
    change: { resourceArn: "arn:aws:cloudfront::111122223333:distribution/TWO" },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    inputs: { retentionInDays: 30 },
    change: { logGroupClass: "INFREQUENT_ACCESS" },
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    inputs: {
      name: "one",
      logGroupName: "access",
      pattern: '{ $.status = "5*" }',
      metricTransformation: { name: "failed", namespace: "web", value: "1" },
    },
    change: { logGroupName: "other" },
    deletesFirst: true,
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    inputs: { name: "one", namespace: "AWS/CertificateManager", metricName: "DaysToExpiry" },
    change: { name: "two" },
    deletesFirst: true,
  },
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
    inputs: { description: "one", executionRoleArn: "arn:one", policyDetails: dailySnapshots(false) },
    change: { policyDetails: dailySnapshots(true) },
  },
  "aws:ebs/volume:Volume": {
    inputs: { availabilityZone: "eu-central-1a", size: 8 },
    change: { availabilityZone: "eu-central-1b" },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { inputs: { vpcId: "vpc-1" }, change: { vpcId: "vpc-2" } },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": {
    inputs: { vpcId: "vpc-1" },
    change: { vpcId: "vpc-2" },
  },
  "aws:ec2/eip:Eip": { inputs: { domain: "vpc" }, change: { networkBorderGroup: "eu-central-1-ham-1" } },
  "aws:ec2/eipAssociation:EipAssociation": {
    inputs: { allocationId: "eipalloc-1", instanceId: "i-1" },
    change: { instanceId: "i-2" },
  },
  "aws:ec2/flowLog:FlowLog": { inputs: { vpcId: "vpc-1", trafficType: "REJECT" }, change: { trafficType: "ALL" } },
  "aws:ec2/instance:Instance": {
    inputs: { ami: "ami-1", instanceType: "t3.small", rootBlockDevice: { volumeSize: 20 } },
    change: { rootBlockDevice: { volumeSize: 20, encrypted: true } },
  },
  "aws:ec2/internetGateway:InternetGateway": { inputs: { vpcId: "vpc-1" }, change: { region: "eu-west-1" } },
  "aws:ec2/keyPair:KeyPair": {
    inputs: { publicKey: "ssh-ed25519 AAAA one" },
    change: { publicKey: "ssh-ed25519 BBBB two" },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { inputs: { namePrefix: "one-" }, change: { namePrefix: "two-" } },
  "aws:ec2/natGateway:NatGateway": { inputs: { subnetId: "subnet-1" }, change: { subnetId: "subnet-2" } },
  "aws:ec2/route:Route": {
    inputs: { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
    change: { destinationCidrBlock: "192.0.2.0/24" },
  },
  "aws:ec2/routeTable:RouteTable": { inputs: { vpcId: "vpc-1" }, change: { vpcId: "vpc-2" } },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    inputs: { routeTableId: "rtb-1", subnetId: "subnet-1" },
    change: { subnetId: "subnet-2" },
  },
  "aws:ec2/securityGroup:SecurityGroup": { inputs: { description: "one" }, change: { description: "two" } },
  "aws:ec2/subnet:Subnet": {
    inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/20" },
    change: { cidrBlock: "10.0.16.0/20" },
  },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    inputs: { deviceName: "/dev/sdf", instanceId: "i-1", volumeId: "vol-1" },
    change: { instanceId: "i-2" },
  },
  "aws:ec2/vpc:Vpc": { inputs: { cidrBlock: "10.0.0.0/16" }, change: { cidrBlock: "10.1.0.0/16" } },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3" },
    change: { serviceName: "com.amazonaws.eu-central-1.dynamodb" },
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    inputs: { fileSystemId: "fs-1", backupPolicy: { status: "ENABLED" } },
    change: { fileSystemId: "fs-2" },
  },
  "aws:efs/fileSystem:FileSystem": { inputs: { encrypted: true }, change: { encrypted: false } },
  "aws:efs/mountTarget:MountTarget": {
    inputs: { fileSystemId: "fs-1", subnetId: "subnet-1" },
    change: { subnetId: "subnet-2" },
  },
  "aws:elasticache/parameterGroup:ParameterGroup": { inputs: { family: "valkey8" }, change: { family: "valkey9" } },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    inputs: { description: "sessions", nodeType: "cache.t4g.micro" },
    change: { port: 6380 },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    inputs: { name: "one", subnetIds: ["subnet-1"] },
    change: { name: "two" },
    deletesFirst: true,
  },
  "aws:iam/instanceProfile:InstanceProfile": { inputs: {}, change: { path: "/web/" } },
  "aws:iam/role:Role": { inputs: { assumeRolePolicy: trust }, change: { path: "/web/" } },
  "aws:iam/rolePolicy:RolePolicy": { inputs: { role: "one", policy: trust }, change: { role: "two" } },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inputs: { role: "one", policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
    change: { role: "two" },
    deletesFirst: true,
  },
  "aws:kms/key:Key": { inputs: { description: "one" }, change: { multiRegion: true } },
  "aws:lb/listener:Listener": {
    inputs: { loadBalancerArn: "arn:1", port: 80, defaultActions: answer },
    change: { loadBalancerArn: "arn:2" },
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    inputs: { listenerArn: "arn:1", certificateArn: "arn:2" },
    change: { certificateArn: "arn:3" },
  },
  "aws:lb/listenerRule:ListenerRule": {
    inputs: { listenerArn: "arn:1", conditions: [{ hostHeader: { values: ["www.example.com"] } }], actions: answer },
    change: { listenerArn: "arn:2" },
  },
  "aws:lb/loadBalancer:LoadBalancer": { inputs: { subnets: ["subnet-1", "subnet-2"] }, change: { internal: true } },
  "aws:lb/targetGroup:TargetGroup": {
    inputs: { port: 443, protocol: "HTTPS", vpcId: "vpc-1" },
    change: { port: 8443 },
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    inputs: { targetGroupArn: "arn:1", targetId: "i-1" },
    change: { targetId: "i-2" },
  },
  "aws:route53/healthCheck:HealthCheck": {
    inputs: { type: "HTTPS", fqdn: "www.example.com", port: 443 },
    change: { requestInterval: 10 },
  },
  "aws:route53/record:Record": {
    inputs: { zoneId: "Z1", name: "www.example.com", type: "A", ttl: 60, records: ["192.0.2.1"] },
    change: { name: "shop.example.com" },
  },
  "aws:route53/zone:Zone": {
    inputs: { name: "dev.example.com" },
    change: { delegationSetId: "N1" },
    deletesFirst: true,
  },
  "aws:s3/bucket:Bucket": { inputs: {}, change: { objectLockEnabled: true } },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    inputs: { bucket: "one", rules: [{ id: "old", status: "Enabled" }] },
    change: { bucket: "two" },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": { inputs: { bucket: "one", content: "x" }, change: { key: "other" } },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    inputs: { bucket: "one", rule: { objectOwnership: "BucketOwnerEnforced" } },
    change: { bucket: "two" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { inputs: { bucket: "one", policy: trust }, change: { bucket: "two" } },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { inputs: { bucket: "one" }, change: { bucket: "two" } },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    inputs: { bucket: "one", rules: [] },
    change: { bucket: "two" },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    inputs: { bucket: "one", versioningConfiguration: { status: "Enabled" } },
    change: { bucket: "two" },
  },
  "aws:sns/topic:Topic": { inputs: {}, change: { fifoTopic: true } },
  "aws:sns/topicPolicy:TopicPolicy": { inputs: { arn: "arn:one", policy: trust }, change: { arn: "arn:two" } },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: { topic: "arn:one", protocol: "email", endpoint: "one@example.com" },
    change: { endpoint: "two@example.com" },
  },
  "aws:ssm/parameter:Parameter": {
    inputs: { name: "/web/password", type: "SecureString", value: "hunter2-hunter2" },
    change: { dataType: "text" },
    deletesFirst: true,
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { inputs: rule, change: otherKindOfPeer },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { inputs: rule, change: otherKindOfPeer },
  "aws:wafv2/webAcl:WebAcl": {
    inputs: {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "one", sampledRequestsEnabled: true },
    },
    change: { scope: "CLOUDFRONT" },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    inputs: { resourceArn: "arn:one", webAclArn: "arn:acl" },
    change: { resourceArn: "arn:two" },
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    inputs: { resourceArn: "arn:acl", logDestinationConfigs: ["arn:one"] },
    change: { logDestinationConfigs: ["arn:two"] },
  },
};
