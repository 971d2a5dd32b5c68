import { certificate } from "./acm/certificate";
import { certificateValidation } from "./acm/certificate-validation";
import { group } from "./autoscaling/group";
import { lifecycleHook } from "./autoscaling/lifecycle-hook";
import { policy } from "./autoscaling/policy";
import { cachePolicy } from "./cloudfront/cache-policy";
import { distribution } from "./cloudfront/distribution";
import { vpcOrigin } from "./cloudfront/vpc-origin";
import { logDelivery, logDeliveryDestination, logDeliverySource } from "./cloudwatch/log-delivery";
import { logGroup } from "./cloudwatch/log-group";
import { logMetricFilter } from "./cloudwatch/log-metric-filter";
import { metricAlarm } from "./cloudwatch/metric-alarm";
import type { Definition } from "./definition";
import { lifecyclePolicy } from "./dlm/lifecycle-policy";
import { eip } from "./ec2/eip";
import { eipAssociation } from "./ec2/eip-association";
import { flowLog } from "./ec2/flow-log";
import { instance } from "./ec2/instance";
import { egressOnlyInternetGateway, internetGateway } from "./ec2/internet-gateway";
import { keyPair } from "./ec2/key-pair";
import { launchTemplate } from "./ec2/launch-template";
import { natGateway } from "./ec2/nat-gateway";
import { route, routeTable, routeTableAssociation } from "./ec2/route-table";
import { defaultSecurityGroup, securityGroup } from "./ec2/security-group";
import { securityGroupRule } from "./ec2/security-group-rule";
import { subnet } from "./ec2/subnet";
import { volume } from "./ec2/volume";
import { volumeAttachment } from "./ec2/volume-attachment";
import { vpc } from "./ec2/vpc";
import { vpcEndpoint } from "./ec2/vpc-endpoint";
import { backupPolicy } from "./efs/backup-policy";
import { fileSystem } from "./efs/file-system";
import { mountTarget } from "./efs/mount-target";
import { parameterGroup } from "./elasticache/parameter-group";
import { replicationGroup } from "./elasticache/replication-group";
import { subnetGroup } from "./elasticache/subnet-group";
import { instanceProfile } from "./iam/instance-profile";
import { role } from "./iam/role";
import { rolePolicy } from "./iam/role-policy";
import { rolePolicyAttachment } from "./iam/role-policy-attachment";
import { key } from "./kms/key";
import { listener } from "./lb/listener";
import { listenerCertificate } from "./lb/listener-certificate";
import { listenerRule } from "./lb/listener-rule";
import { loadBalancer } from "./lb/load-balancer";
import { targetGroup } from "./lb/target-group";
import { targetGroupAttachment } from "./lb/target-group-attachment";
import { healthCheck } from "./route53/health-check";
import { record } from "./route53/record";
import { zone } from "./route53/zone";
import { bucket } from "./s3/bucket";
import { bucketObject } from "./s3/bucket-object";
import {
  bucketEncryption,
  bucketLifecycle,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketVersioning,
} from "./s3/bucket-settings";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topic-policy";
import { topicSubscription } from "./sns/topic-subscription";
import { parameter } from "./ssm/parameter";
import { webAcl } from "./wafv2/web-acl";
import { webAclAssociation, webAclLogging } from "./wafv2/web-acl-parts";

/** The kinds of resources that are recorded. A program that uses another one gets an error that names it. */
export const definitions: Readonly<Record<string, Definition>> = {
  "aws:acm/certificate:Certificate": certificate,
  "aws:acm/certificateValidation:CertificateValidation": certificateValidation,
  "aws:autoscaling/group:Group": group,
  "aws:autoscaling/lifecycleHook:LifecycleHook": lifecycleHook,
  "aws:autoscaling/policy:Policy": policy,
  "aws:cloudfront/cachePolicy:CachePolicy": cachePolicy,
  "aws:cloudfront/distribution:Distribution": distribution,
  "aws:cloudfront/vpcOrigin:VpcOrigin": vpcOrigin,
  "aws:cloudwatch/logDelivery:LogDelivery": logDelivery,
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": logDeliveryDestination,
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": logDeliverySource,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": logMetricFilter,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": lifecyclePolicy,
  "aws:ebs/volume:Volume": volume,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": defaultSecurityGroup,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": egressOnlyInternetGateway,
  "aws:ec2/eip:Eip": eip,
  "aws:ec2/eipAssociation:EipAssociation": eipAssociation,
  "aws:ec2/flowLog:FlowLog": flowLog,
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/internetGateway:InternetGateway": internetGateway,
  "aws:ec2/keyPair:KeyPair": keyPair,
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
  "aws:ec2/natGateway:NatGateway": natGateway,
  "aws:ec2/route:Route": route,
  "aws:ec2/routeTable:RouteTable": routeTable,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/volumeAttachment:VolumeAttachment": volumeAttachment,
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:efs/backupPolicy:BackupPolicy": backupPolicy,
  "aws:efs/fileSystem:FileSystem": fileSystem,
  "aws:efs/mountTarget:MountTarget": mountTarget,
  "aws:elasticache/parameterGroup:ParameterGroup": parameterGroup,
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:elasticache/subnetGroup:SubnetGroup": subnetGroup,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:kms/key:Key": key,
  "aws:lb/listener:Listener": listener,
  "aws:lb/listenerCertificate:ListenerCertificate": listenerCertificate,
  "aws:lb/listenerRule:ListenerRule": listenerRule,
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": targetGroupAttachment,
  "aws:route53/healthCheck:HealthCheck": healthCheck,
  "aws:route53/record:Record": record,
  "aws:route53/zone:Zone": zone,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketLifecycle,
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketOwnershipControls,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPublicAccessBlock,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketEncryption,
  "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning,
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
  "aws:ssm/parameter:Parameter": parameter,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
  "aws:wafv2/webAcl:WebAcl": webAcl,
  "aws:wafv2/webAclAssociation:WebAclAssociation": webAclAssociation,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": webAclLogging,
};
