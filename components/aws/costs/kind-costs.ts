/** What a kind of resource adds to the bill. */
export const Charge = {
  /** An amount for as long as it is there. */
  Fixed: "fixed",
  /** By what goes through it, or what is in it. */
  ByUse: "by use",
  /** Nothing. */
  None: "none",
} as const;
export type Charge = (typeof Charge)[keyof typeof Charge];

const none = (...kinds: string[]): [string, Charge][] => kinds.map((kind) => [`aws:${kind}`, Charge.None]);

/** How each kind of resource is charged. */
export const kindCharges: Readonly<Record<string, Charge>> = {
  "aws:autoscaling/policy:Policy": Charge.Fixed, // by the alarms that it makes
  "aws:autoscaling/group:Group": Charge.Fixed,
  "aws:cloudwatch/metricAlarm:MetricAlarm": Charge.Fixed,
  "aws:ebs/volume:Volume": Charge.Fixed,
  "aws:ec2/eip:Eip": Charge.Fixed,
  "aws:ec2/instance:Instance": Charge.Fixed,
  "aws:ec2/natGateway:NatGateway": Charge.Fixed,
  "aws:ec2/vpcEndpoint:VpcEndpoint": Charge.Fixed,
  "aws:elasticache/replicationGroup:ReplicationGroup": Charge.Fixed,
  "aws:kms/key:Key": Charge.Fixed,
  "aws:lb/loadBalancer:LoadBalancer": Charge.Fixed,
  "aws:cloudfront/distribution:Distribution": Charge.ByUse,
  "aws:cloudwatch/logGroup:LogGroup": Charge.ByUse,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": Charge.ByUse,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": Charge.ByUse,
  "aws:efs/backupPolicy:BackupPolicy": Charge.ByUse,
  "aws:efs/fileSystem:FileSystem": Charge.ByUse,
  "aws:ec2/flowLog:FlowLog": Charge.ByUse,
  "aws:route53/healthCheck:HealthCheck": Charge.ByUse,
  "aws:route53/record:Record": Charge.ByUse,
  "aws:route53/zone:Zone": Charge.ByUse,
  "aws:s3/bucket:Bucket": Charge.ByUse,
  "aws:sns/topic:Topic": Charge.ByUse,
  "aws:wafv2/webAcl:WebAcl": Charge.ByUse,
  ...Object.fromEntries([
    ...none("acm/certificate:Certificate", "acm/certificateValidation:CertificateValidation"),
    ...none("autoscaling/lifecycleHook:LifecycleHook", "cloudfront/cachePolicy:CachePolicy"),
    // Logs of distributions are delivered to S3 for nothing, and charged there.
    ...none("cloudfront/vpcOrigin:VpcOrigin", "cloudwatch/logDelivery:LogDelivery"),
    ...none("cloudwatch/logDeliveryDestination:LogDeliveryDestination"),
    ...none("cloudwatch/logDeliverySource:LogDeliverySource"),
    ...none("efs/mountTarget:MountTarget"),
    ...none("elasticache/parameterGroup:ParameterGroup", "elasticache/subnetGroup:SubnetGroup"),
    ...none("wafv2/webAclAssociation:WebAclAssociation"),
    ...none("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"),
    ...none("ec2/defaultSecurityGroup:DefaultSecurityGroup", "ec2/eipAssociation:EipAssociation"),
    ...none("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "ec2/internetGateway:InternetGateway"),
    ...none("ec2/keyPair:KeyPair", "ec2/launchTemplate:LaunchTemplate", "ec2/route:Route", "ec2/routeTable:RouteTable"),
    ...none("ec2/routeTableAssociation:RouteTableAssociation", "ec2/securityGroup:SecurityGroup", "ec2/subnet:Subnet"),
    ...none("ec2/volumeAttachment:VolumeAttachment", "ec2/vpc:Vpc", "iam/instanceProfile:InstanceProfile"),
    ...none("iam/role:Role", "iam/rolePolicy:RolePolicy", "iam/rolePolicyAttachment:RolePolicyAttachment"),
    ...none("lb/listener:Listener", "lb/listenerCertificate:ListenerCertificate", "lb/listenerRule:ListenerRule"),
    ...none("lb/targetGroup:TargetGroup", "lb/targetGroupAttachment:TargetGroupAttachment"),
    // What is in a bucket is charged with it.
    ...none("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "s3/bucketObjectv2:BucketObjectv2"),
    ...none("s3/bucketOwnershipControls:BucketOwnershipControls", "s3/bucketPolicy:BucketPolicy"),
    ...none("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "s3/bucketVersioning:BucketVersioning"),
    ...none("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
    ...none("sns/topicPolicy:TopicPolicy", "sns/topicSubscription:TopicSubscription", "ssm/parameter:Parameter"),
    ...none("vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
    ...none("vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
  ]),
};

/** What is said of the kinds that are charged by use. */
export const usedBy: Readonly<Record<string, string>> = {
  "aws:cloudfront/distribution:Distribution": "CloudFront: requests and data",
  "aws:cloudwatch/logGroup:LogGroup": "logs: what is written and kept",
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": "metrics of CloudWatch: those of the machines' agents and of logs",
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": "snapshots of the data volume: what changed between them",
  "aws:efs/backupPolicy:BackupPolicy": "AWS Backup: copies of shared files",
  "aws:efs/fileSystem:FileSystem": "EFS: what is kept, read and written",
  "aws:ec2/flowLog:FlowLog": "flow logs: what is written",
  "aws:route53/healthCheck:HealthCheck": "health checks by Route 53",
  "aws:route53/record:Record": "answers of Route 53",
  "aws:route53/zone:Zone": "hosted zones",
  "aws:s3/bucket:Bucket": "S3: what is kept, and requests",
  "aws:sns/topic:Topic": "mails of SNS",
  "aws:wafv2/webAcl:WebAcl": "WAF: each web ACL and rule, and requests",
};
