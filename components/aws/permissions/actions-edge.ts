import type { KindActions } from "./kind-actions";

const tags = ["ListTagsForResource", "TagResource", "UntagResource"];

/** What distributions, their logs and firewalls before applications need. */
export const edgeActions: KindActions = {
  "aws:cloudfront/cachePolicy:CachePolicy": {
    cloudfront: ["CreateCachePolicy", "GetCachePolicy", "UpdateCachePolicy", "DeleteCachePolicy"],
  },
  "aws:cloudfront/distribution:Distribution": {
    cloudfront: [
      ...["CreateDistribution", "GetDistribution", "UpdateDistribution", "DeleteDistribution", ...tags],
      // The step that has it forget what it keeps.
      ...["CreateInvalidation", "GetInvalidation"],
    ],
    acm: ["DescribeCertificate"],
    // The list of the addresses that it connects from.
    ec2: ["DescribeManagedPrefixLists", "GetManagedPrefixListEntries"],
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": {
    cloudfront: ["CreateVpcOrigin", "GetVpcOrigin", "UpdateVpcOrigin", "DeleteVpcOrigin", ...tags],
    ec2: ["DescribeInstances", "DescribeInternetGateways", "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs"],
    elasticloadbalancing: ["DescribeLoadBalancers", "DescribeListeners"],
    // The first one makes CloudFront's own role, for its interfaces in the network.
    iam: ["CreateServiceLinkedRole"],
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    logs: ["CreateDelivery", "GetDelivery", "UpdateDeliveryConfiguration", "DeleteDelivery", ...tags],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    logs: ["PutDeliveryDestination", "GetDeliveryDestination", "DeleteDeliveryDestination", ...tags],
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    logs: ["PutDeliverySource", "GetDeliverySource", "DeleteDeliverySource", ...tags],
    cloudfront: ["AllowVendedLogDeliveryForResource"],
  },
  "aws:wafv2/webAcl:WebAcl": {
    wafv2: ["CreateWebACL", "GetWebACL", "UpdateWebACL", "DeleteWebACL", ...tags],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    wafv2: ["AssociateWebACL", "DisassociateWebACL", "GetWebACLForResource", "GetWebACL"],
    elasticloadbalancing: ["SetWebAcl"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    wafv2: ["PutLoggingConfiguration", "GetLoggingConfiguration", "DeleteLoggingConfiguration"],
    // WAF lets itself write into the group.
    logs: [
      "CreateLogDelivery",
      "DeleteLogDelivery",
      "PutResourcePolicy",
      "DescribeResourcePolicies",
      "DescribeLogGroups",
    ],
    iam: ["CreateServiceLinkedRole"],
  },
};
