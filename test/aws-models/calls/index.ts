import type { ApiCall } from "../api-call";
import type { RecordedResource } from "../recorded-state";
import * as acm from "./acm";
import * as autoscaling from "./autoscaling";
import * as cloudfront from "./cloudfront";
import { metricAlarmCalls } from "./cloudwatch";
import { lifecyclePolicyCalls } from "./dlm";
import { launchTemplateCalls } from "./ec2-launch-template";
import * as machine from "./ec2-machine";
import * as network from "./ec2-network";
import * as routes from "./ec2-routes";
import * as vpc from "./ec2-vpc";
import * as efs from "./efs";
import * as elasticache from "./elasticache";
import * as elbv2 from "./elbv2";
import * as iam from "./iam";
import { keyCalls } from "./kms";
import * as logDelivery from "./log-delivery";
import * as logs from "./logs";
import * as route53 from "./route53";
import * as s3 from "./s3";
import * as sns from "./sns";
import { parameterCalls } from "./ssm";
import * as wafv2 from "./wafv2";

/** How each kind of resource is made by AWS's API; the calls are those of the official provider. */
export const translations: Readonly<Record<string, (resource: RecordedResource) => ApiCall[]>> = {
  "aws:acm/certificate:Certificate": acm.certificateCalls,
  "aws:acm/certificateValidation:CertificateValidation": acm.certificateValidationCalls,
  "aws:autoscaling/group:Group": autoscaling.groupCalls,
  "aws:autoscaling/lifecycleHook:LifecycleHook": autoscaling.lifecycleHookCalls,
  "aws:autoscaling/policy:Policy": autoscaling.policyCalls,
  "aws:cloudfront/cachePolicy:CachePolicy": cloudfront.cachePolicyCalls,
  "aws:cloudfront/distribution:Distribution": cloudfront.distributionCalls,
  "aws:cloudfront/vpcOrigin:VpcOrigin": cloudfront.vpcOriginCalls,
  "aws:cloudwatch/logDelivery:LogDelivery": logDelivery.deliveryCalls,
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": logDelivery.deliveryDestinationCalls,
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": logDelivery.deliverySourceCalls,
  "aws:cloudwatch/logGroup:LogGroup": logs.logGroupCalls,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": logs.logMetricFilterCalls,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarmCalls,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": lifecyclePolicyCalls,
  "aws:ebs/volume:Volume": machine.volumeCalls,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": vpc.defaultSecurityGroupCalls,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": vpc.egressOnlyInternetGatewayCalls,
  "aws:ec2/eip:Eip": network.eipCalls,
  "aws:ec2/eipAssociation:EipAssociation": network.eipAssociationCalls,
  "aws:ec2/flowLog:FlowLog": logs.flowLogCalls,
  "aws:ec2/instance:Instance": machine.instanceCalls,
  "aws:ec2/internetGateway:InternetGateway": vpc.internetGatewayCalls,
  "aws:ec2/keyPair:KeyPair": machine.keyPairCalls,
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplateCalls,
  "aws:ec2/natGateway:NatGateway": vpc.natGatewayCalls,
  "aws:ec2/route:Route": routes.routeCalls,
  "aws:ec2/routeTable:RouteTable": routes.routeTableCalls,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": routes.routeTableAssociationCalls,
  "aws:ec2/securityGroup:SecurityGroup": network.securityGroupCalls,
  "aws:ec2/subnet:Subnet": vpc.subnetCalls,
  "aws:ec2/volumeAttachment:VolumeAttachment": machine.volumeAttachmentCalls,
  "aws:ec2/vpc:Vpc": vpc.vpcCalls,
  "aws:ec2/vpcEndpoint:VpcEndpoint": routes.vpcEndpointCalls,
  "aws:efs/backupPolicy:BackupPolicy": efs.backupPolicyCalls,
  "aws:efs/fileSystem:FileSystem": efs.fileSystemCalls,
  "aws:efs/mountTarget:MountTarget": efs.mountTargetCalls,
  "aws:elasticache/parameterGroup:ParameterGroup": elasticache.parameterGroupCalls,
  "aws:elasticache/replicationGroup:ReplicationGroup": elasticache.replicationGroupCalls,
  "aws:elasticache/subnetGroup:SubnetGroup": elasticache.subnetGroupCalls,
  "aws:iam/instanceProfile:InstanceProfile": iam.instanceProfileCalls,
  "aws:iam/role:Role": iam.roleCalls,
  "aws:iam/rolePolicy:RolePolicy": iam.rolePolicyCalls,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.rolePolicyAttachmentCalls,
  "aws:kms/key:Key": keyCalls,
  "aws:lb/listener:Listener": elbv2.listenerCalls,
  "aws:lb/listenerCertificate:ListenerCertificate": elbv2.listenerCertificateCalls,
  "aws:lb/listenerRule:ListenerRule": elbv2.listenerRuleCalls,
  "aws:lb/loadBalancer:LoadBalancer": elbv2.loadBalancerCalls,
  "aws:lb/targetGroup:TargetGroup": elbv2.targetGroupCalls,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": elbv2.targetGroupAttachmentCalls,
  "aws:route53/healthCheck:HealthCheck": route53.healthCheckCalls,
  "aws:route53/record:Record": route53.recordCalls,
  "aws:route53/zone:Zone": route53.zoneCalls,
  "aws:s3/bucket:Bucket": s3.bucketCalls,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3.bucketLifecycleCalls,
  "aws:s3/bucketObjectv2:BucketObjectv2": s3.bucketObjectCalls,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.bucketOwnershipControlsCalls,
  "aws:s3/bucketPolicy:BucketPolicy": s3.bucketPolicyCalls,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.bucketPublicAccessBlockCalls,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.bucketEncryptionCalls,
  "aws:s3/bucketVersioning:BucketVersioning": s3.bucketVersioningCalls,
  "aws:sns/topic:Topic": sns.topicCalls,
  "aws:sns/topicPolicy:TopicPolicy": sns.topicPolicyCalls,
  "aws:sns/topicSubscription:TopicSubscription": sns.topicSubscriptionCalls,
  "aws:ssm/parameter:Parameter": parameterCalls,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": network.securityGroupRuleCalls,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": network.securityGroupRuleCalls,
  "aws:wafv2/webAcl:WebAcl": wafv2.webAclCalls,
  "aws:wafv2/webAclAssociation:WebAclAssociation": wafv2.webAclAssociationCalls,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": wafv2.webAclLoggingCalls,
};

/**
 * The calls that make recorded resources, in order.
 * @throws when a kind of resource, or an input, has no translation
 */
export function callsOf(resources: readonly RecordedResource[]): ApiCall[] {
  return resources.flatMap((resource) => {
    const translate = translations[resource.type];
    if (!translate) throw new Error(`nobody translates ${resource.type} into calls of AWS`);
    return translate(resource);
  });
}
