/** A policy of IAM or of a bucket, as JSON has it. */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

interface Statement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: string | Record<string, string>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** A store, and the parameters that go with it. */
interface ReadStore {
  bucketName: string;
  prefix?: string;
  parameters: string;
}

const document = (...Statement: Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/** Lets EC2 give a role to its instances. */
export const instanceTrust: PolicyDocument = document({
  Sid: "Instances",
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
});

/** Where flow logs are, and whose they are. */
export interface FlowLogPlace {
  partition: string;
  region: string;
  account: string;
}

/** Lets the flow logs of this account and region take a role, and nobody's else (Amazon VPC User Guide, "Confused deputy"). */
export function flowLogTrust({ partition, region, account }: FlowLogPlace): PolicyDocument {
  return document({
    Sid: "FlowLogs",
    Effect: "Allow",
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
    },
  });
}

/**
 * What flow logs need to write into a log group that is there: AWS's own example also makes groups, and writes into any
 * (Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs").
 */
export function writesFlowLogs({ partition, region, account }: FlowLogPlace, group: string): PolicyDocument {
  const groups = `arn:${partition}:logs:${region}:${account}:log-group:`;
  return document(
    {
      Sid: "Write",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${groups}${group}:*`,
    },
    { Sid: "Find", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: `${groups}*` },
  );
}

/** Refuses a bucket to everybody who does not use TLS. */
export function tlsOnly(partition: string, bucket: string): PolicyDocument {
  return document(refusesPlain(`arn:${partition}:s3:::${bucket}`));
}

/**
 * Lets load balancers of an account write their access logs, by TLS only (Elastic Load Balancing, "Enable access logs for your
 * Application Load Balancer").
 */
export function takesBalancerLogs(partition: string, bucket: string, account: string): PolicyDocument {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return document(refusesPlain(arn), {
    Sid: "BalancerLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${arn}/AWSLogs/${account}/*`,
  });
}

/**
 * Lets distributions of an account have their access logs written, by TLS only (CloudFront, "Configure standard logging (v2)";
 * CloudWatch Logs, "Logs sent to Amazon S3"). The condition about an ACL is AWS's: the bucket has none that it could change.
 */
export function takesDistributionLogs(partition: string, bucket: string, account: string): PolicyDocument {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return document(refusesPlain(arn), {
    Sid: "DistributionLogs",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${arn}/AWSLogs/${account}/*`,
    Condition: {
      StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:${partition}:logs:us-east-1:${account}:delivery-source:*` },
    },
  });
}

function refusesPlain(bucketArn: string): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** What a host may read: the objects of its store and the parameters below its path. */
export function hostReads(partition: string, store: ReadStore): PolicyDocument {
  const { bucketName, prefix = "", parameters } = store;
  const bucket = `arn:${partition}:s3:::${bucketName}`;
  return document(
    { Sid: "Objects", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/${prefix}*` },
    {
      // Without it S3 answers "forbidden" for what is missing.
      Sid: "Missing",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": `${prefix}*` } },
    },
    {
      Sid: "Parameters",
      Effect: "Allow",
      Action: "ssm:GetParametersByPath",
      // Region and account are the instance's own: Parameter Store reads no other's by a path.
      Resource: ["", "/*"].map((below) => `arn:${partition}:ssm:*:*:parameter${parameters}${below}`),
    },
  );
}

/** Lets machines say that they are ready, to Auto Scaling groups whose names begin with a prefix. */
export function entersService(partition: string, prefix: string): PolicyDocument {
  return document({
    Sid: "EnterService",
    Effect: "Allow",
    Action: "autoscaling:CompleteLifecycleAction",
    Resource: `arn:${partition}:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${prefix}*`,
  });
}

/**
 * What the CloudWatch agent needs for one namespace of metrics, and for the log groups whose names begin with it, which are
 * there: AWS's CloudWatchAgentServerPolicy without its leave to make groups, to write into any, and to read parameters.
 */
export function reportsToCloudWatch(partition: string, name: string): PolicyDocument {
  return document(
    {
      Sid: "Metrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*", // there are none to name
      Condition: { StringEquals: { "cloudwatch:namespace": name } },
    },
    {
      Sid: "Logs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `arn:${partition}:logs:*:*:log-group:${name}/*`,
    },
  );
}

/**
 * What the SSM agent needs to take commands and sessions: AWS's AmazonSSMManagedInstanceCore without inventory, patching
 * and, above all, without its leave to read every parameter of the account.
 */
export const takesCommands: PolicyDocument = document({
  Sid: "Commands",
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssm:ListInstanceAssociations",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
  ],
  Resource: "*",
});
