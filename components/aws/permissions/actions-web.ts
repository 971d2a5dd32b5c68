import type { KindActions } from "./kind-actions";

const logDelivery = ["CreateLogDelivery", "DeleteLogDelivery"];

/** What balancers, fleets, names and certificates need. */
export const webActions: KindActions = {
  "aws:acm/certificate:Certificate": {
    acm: [
      ...["RequestCertificate", "ImportCertificate", "DescribeCertificate", "GetCertificate", "DeleteCertificate"],
      ...["UpdateCertificateOptions", "AddTagsToCertificate", "ListTagsForCertificate", "RemoveTagsFromCertificate"],
    ],
  },
  "aws:acm/certificateValidation:CertificateValidation": { acm: ["DescribeCertificate"] },
  "aws:autoscaling/group:Group": {
    autoscaling: [
      ...["CreateAutoScalingGroup", "DescribeAutoScalingGroups", "UpdateAutoScalingGroup", "DeleteAutoScalingGroup"],
      ...["PutLifecycleHook", "CreateOrUpdateTags", "DeleteTags", "DescribeTags", "DescribeScalingActivities"],
      ...["StartInstanceRefresh", "DescribeInstanceRefreshes", "CancelInstanceRefresh", "RollbackInstanceRefresh"],
      ...["SuspendProcesses", "ResumeProcesses", "EnableMetricsCollection", "DisableMetricsCollection"],
      ...["AttachTrafficSources", "DetachTrafficSources", "DescribeTrafficSources", "AttachLoadBalancerTargetGroups"],
      ...["DetachLoadBalancerTargetGroups", "SetInstanceProtection", "DescribeWarmPool"],
    ],
    // Auto Scaling checks that who makes the group could start its machines.
    ec2: ["RunInstances", "CreateTags", "DescribeLaunchTemplateVersions", "DescribeInstances", "DescribeSubnets"],
    elasticloadbalancing: ["DescribeTargetHealth"],
    iam: ["PassRole", "CreateServiceLinkedRole"],
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    autoscaling: ["PutLifecycleHook", "DescribeLifecycleHooks", "DeleteLifecycleHook"],
  },
  "aws:autoscaling/policy:Policy": {
    autoscaling: ["PutScalingPolicy", "DescribePolicies", "DeletePolicy"],
    cloudwatch: ["PutMetricAlarm", "DescribeAlarms", "DeleteAlarms"],
  },
  "aws:lb/listener:Listener": {
    elasticloadbalancing: [
      ...["CreateListener", "DescribeListeners", "DescribeListenerAttributes", "ModifyListener", "DeleteListener"],
      ...["ModifyListenerAttributes", "AddTags", "RemoveTags", "DescribeTags"],
    ],
    acm: ["DescribeCertificate"],
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    elasticloadbalancing: ["AddListenerCertificates", "DescribeListenerCertificates", "RemoveListenerCertificates"],
  },
  "aws:lb/listenerRule:ListenerRule": {
    elasticloadbalancing: [
      ...["CreateRule", "DescribeRules", "ModifyRule", "SetRulePriorities", "DeleteRule"],
      ...["AddTags", "RemoveTags", "DescribeTags"],
    ],
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    elasticloadbalancing: [
      ...["CreateLoadBalancer", "DescribeLoadBalancers", "DescribeLoadBalancerAttributes", "DeleteLoadBalancer"],
      ...["ModifyLoadBalancerAttributes", "SetSecurityGroups", "SetSubnets", "SetIpAddressType"],
      ...["DescribeCapacityReservation", "AddTags", "RemoveTags", "DescribeTags"],
    ],
    ec2: [
      ...["DescribeAccountAttributes", "DescribeAddresses", "DescribeInternetGateways", "DescribeSecurityGroups"],
      ...["DescribeSubnets", "DescribeVpcs", "DescribeNetworkInterfaces"],
    ],
    iam: ["CreateServiceLinkedRole"],
    logs: logDelivery,
  },
  "aws:lb/targetGroup:TargetGroup": {
    elasticloadbalancing: [
      ...["CreateTargetGroup", "DescribeTargetGroups", "DescribeTargetGroupAttributes", "ModifyTargetGroup"],
      ...["ModifyTargetGroupAttributes", "DeleteTargetGroup", "AddTags", "RemoveTags", "DescribeTags"],
    ],
    ec2: ["DescribeVpcs"],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    elasticloadbalancing: ["RegisterTargets", "DescribeTargetHealth", "DeregisterTargets"],
    ec2: ["DescribeInstances"],
  },
  "aws:route53/healthCheck:HealthCheck": {
    route53: [
      ...["CreateHealthCheck", "GetHealthCheck", "UpdateHealthCheck", "DeleteHealthCheck"],
      ...["ChangeTagsForResource", "ListTagsForResource"],
    ],
  },
  "aws:route53/record:Record": {
    route53: [
      ...["ChangeResourceRecordSets", "GetChange", "GetHostedZone", "ListResourceRecordSets"],
      // The zone that a domain lies in is looked up.
      ...["ListHostedZones", "ListTagsForResource"],
    ],
  },
  "aws:route53/zone:Zone": {
    route53: [
      ...["CreateHostedZone", "GetHostedZone", "UpdateHostedZoneComment", "DeleteHostedZone", "GetDNSSEC", "GetChange"],
      ...["ListResourceRecordSets", "ChangeResourceRecordSets", "ChangeTagsForResource", "ListTagsForResource"],
    ],
  },
};
