import type { KindActions } from "./kind-actions";

const tags = ["ListTagsForResource", "TagResource", "UntagResource"];
const cacheTags = ["ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource"];
const roleReads = ["GetRole", "ListInstanceProfilesForRole"];

/** What stores, caches, roles, parameters, logs and alarms need. */
export const serviceActions: KindActions = {
  "aws:cloudwatch/logGroup:LogGroup": {
    logs: [
      "CreateLogGroup",
      "DescribeLogGroups",
      "PutRetentionPolicy",
      "DeleteRetentionPolicy",
      "DeleteLogGroup",
      ...tags,
    ],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    logs: ["PutMetricFilter", "DescribeMetricFilters", "DeleteMetricFilter"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    cloudwatch: ["PutMetricAlarm", "DescribeAlarms", "DeleteAlarms", ...tags],
    // The first alarm that recovers or reads other accounts makes CloudWatch's own role.
    iam: ["CreateServiceLinkedRole"],
  },
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
    dlm: ["CreateLifecyclePolicy", "GetLifecyclePolicy", "UpdateLifecyclePolicy", "DeleteLifecyclePolicy", ...tags],
    iam: ["PassRole"],
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    elasticfilesystem: ["PutBackupPolicy", "DescribeBackupPolicy"],
    // The first one makes AWS Backup's own role.
    iam: ["CreateServiceLinkedRole"],
  },
  "aws:efs/fileSystem:FileSystem": {
    elasticfilesystem: [
      ...["CreateFileSystem", "DescribeFileSystems", "UpdateFileSystem", "DeleteFileSystem"],
      ...["PutLifecycleConfiguration", "DescribeLifecycleConfiguration", ...tags],
    ],
    // The first file system makes EFS' own role.
    iam: ["CreateServiceLinkedRole"],
    kms: ["DescribeKey"],
  },
  "aws:efs/mountTarget:MountTarget": {
    elasticfilesystem: [
      ...["CreateMountTarget", "DescribeMountTargets", "DeleteMountTarget"],
      ...["DescribeMountTargetSecurityGroups", "ModifyMountTargetSecurityGroups"],
    ],
    // EFS makes the network interfaces in the name of whoever asks.
    ec2: ["DescribeSubnets", "DescribeNetworkInterfaces", "CreateNetworkInterface", "DeleteNetworkInterface"],
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    elasticache: [
      ...["CreateCacheParameterGroup", "DescribeCacheParameterGroups", "DescribeCacheParameters"],
      ...["ModifyCacheParameterGroup", "ResetCacheParameterGroup", "DeleteCacheParameterGroup", ...cacheTags],
    ],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    elasticache: [
      ...["CreateReplicationGroup", "DescribeReplicationGroups", "DescribeCacheClusters", "ModifyReplicationGroup"],
      ...["IncreaseReplicaCount", "DecreaseReplicaCount", "DeleteReplicationGroup", ...cacheTags],
    ],
    // The first one makes ElastiCache's own role.
    iam: ["CreateServiceLinkedRole"],
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    elasticache: [
      ...["CreateCacheSubnetGroup", "DescribeCacheSubnetGroups", "ModifyCacheSubnetGroup", "DeleteCacheSubnetGroup"],
      ...cacheTags,
    ],
    ec2: ["DescribeSubnets", "DescribeVpcs"],
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    iam: [
      ...["CreateInstanceProfile", "GetInstanceProfile", "AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"],
      ...["DeleteInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile", "GetRole", "PassRole"],
    ],
  },
  "aws:iam/role:Role": {
    iam: [
      ...["CreateRole", "UpdateRole", "UpdateAssumeRolePolicy", "DeleteRole", "TagRole", "UntagRole", "ListRoleTags"],
      ...["ListRolePolicies", "ListAttachedRolePolicies", ...roleReads],
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": { iam: ["PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy"] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    iam: ["AttachRolePolicy", "DetachRolePolicy", "ListAttachedRolePolicies"],
  },
  "aws:kms/key:Key": {
    kms: [
      ...["CreateKey", "DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "EnableKeyRotation", "PutKeyPolicy"],
      ...["DisableKeyRotation", "UpdateKeyDescription", "ScheduleKeyDeletion"],
      ...["ListResourceTags", "TagResource", "UntagResource"],
    ],
  },
  "aws:s3/bucket:Bucket": {
    s3: [
      ...["CreateBucket", "DeleteBucket", "ListBucket", "ListBucketVersions", "GetBucketLocation", "ListAllMyBuckets"],
      // Deleting the bucket of an unprotected site deletes what is in it.
      ...["DeleteObject", "DeleteObjectVersion"],
      ...["GetAccelerateConfiguration", "GetBucketAcl", "GetBucketCORS", "GetBucketLogging", "GetBucketPolicy"],
      ...["GetBucketObjectLockConfiguration", "GetBucketRequestPayment", "GetBucketVersioning", "GetBucketWebsite"],
      ...["GetEncryptionConfiguration", "GetLifecycleConfiguration", "GetReplicationConfiguration"],
      ...["GetBucketTagging", "PutBucketTagging", ...tags],
    ],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    s3: ["GetLifecycleConfiguration", "PutLifecycleConfiguration"],
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    s3: [
      ...["PutObject", "GetObject", "GetObjectAttributes", "DeleteObject", "DeleteObjectVersion", "ListBucketVersions"],
      ...["GetObjectTagging", "PutObjectTagging", "DeleteObjectTagging", "ListBucket"],
    ],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    s3: ["GetBucketOwnershipControls", "PutBucketOwnershipControls"],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { s3: ["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    s3: ["GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    s3: ["GetEncryptionConfiguration", "PutEncryptionConfiguration"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": { s3: ["GetBucketVersioning", "PutBucketVersioning"] },
  "aws:sns/topic:Topic": {
    sns: ["CreateTopic", "GetTopicAttributes", "SetTopicAttributes", "DeleteTopic", ...tags],
  },
  "aws:sns/topicPolicy:TopicPolicy": { sns: ["GetTopicAttributes", "SetTopicAttributes"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    sns: [
      "Subscribe",
      "GetSubscriptionAttributes",
      "ListSubscriptionsByTopic",
      "SetSubscriptionAttributes",
      "Unsubscribe",
    ],
  },
  "aws:ssm/parameter:Parameter": {
    ssm: [
      ...["PutParameter", "GetParameter", "GetParameters", "DescribeParameters", "DeleteParameter"],
      ...["AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"],
    ],
    // SecureString, by the key of Parameter Store itself.
    kms: ["Encrypt", "Decrypt"],
  },
  // The step that asks the host to apply its plan.
  "command:local:Command": {
    ssm: ["SendCommand", "GetCommandInvocation", "DescribeInstanceInformation"],
    autoscaling: ["DescribeAutoScalingGroups"],
  },
};
