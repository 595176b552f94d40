/**
 * Corrections that AWS Config starts after a rule found a difference. Each SSM document sets what modules declare, and
 * nothing else: a correction that Terraform would undo is worse than none.
 */

export interface ConfigRemediation {
  /** Owned by AWS. Its name is also the end of its page in the reference of Automation runbooks. */
  readonly document: string;
  readonly resourceType: string;
  /** Parameter of the document that takes the id of the resource, as AWS Config knows it. */
  readonly idParameter: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly onResources: readonly ActionsOn[];
  /** Actions for which no policy can name resources. */
  readonly onAll: readonly string[];
}

interface ActionsOn {
  readonly actions: readonly string[];
  readonly service: string;
  /** End of the ARN, after the account. */
  readonly resource: string;
}

const BLOCK_ALL = {
  BlockPublicAcls: "true",
  BlockPublicPolicy: "true",
  IgnorePublicAcls: "true",
  RestrictPublicBuckets: "true",
} as const;

/**
 * By the rule that finds the difference.
 * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-runbook-reference.html
 */
export const CONFIG_REMEDIATIONS = {
  default_security_group_closed: {
    document: "AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules",
    resourceType: "AWS::EC2::SecurityGroup",
    idParameter: "GroupId",
    settings: {},
    onResources: [
      {
        actions: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
        service: "ec2",
        resource: "security-group/*",
      },
    ],
    onAll: ["ec2:DescribeSecurityGroups"],
  },
  key_rotated: {
    document: "AWSConfigRemediation-EnableKeyRotation",
    resourceType: "AWS::KMS::Key",
    idParameter: "KeyId",
    settings: {},
    onResources: [
      { actions: ["kms:EnableKeyRotation", "kms:GetKeyRotationStatus"], service: "kms", resource: "key/*" },
    ],
    onAll: [],
  },
  rds_cluster_deletion_protected: {
    document: "AWSConfigRemediation-EnableRDSClusterDeletionProtection",
    resourceType: "AWS::RDS::DBCluster",
    idParameter: "ClusterId",
    settings: {},
    onResources: [
      { actions: ["rds:DescribeDBClusters", "rds:ModifyDBCluster"], service: "rds", resource: "cluster:*" },
    ],
    onAll: ["config:GetResourceConfigHistory"],
  },
  s3_account_public_access: {
    document: "AWSConfigRemediation-ConfigureS3PublicAccessBlock",
    resourceType: "AWS::::Account",
    idParameter: "AccountId",
    settings: BLOCK_ALL,
    onResources: [],
    onAll: ["s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
  },
  s3_bucket_public_access: {
    document: "AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock",
    resourceType: "AWS::S3::Bucket",
    idParameter: "BucketName",
    settings: BLOCK_ALL,
    onResources: [
      { actions: ["s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"], service: "s3", resource: "*" },
    ],
    onAll: [],
  },
  s3_bucket_versioned: {
    document: "AWS-ConfigureS3BucketVersioning",
    resourceType: "AWS::S3::Bucket",
    idParameter: "BucketName",
    settings: { VersioningState: "Enabled" },
    onResources: [{ actions: ["s3:GetBucketVersioning", "s3:PutBucketVersioning"], service: "s3", resource: "*" }],
    onAll: [],
  },
  subnet_without_public_addresses: {
    document: "AWSConfigRemediation-DisableSubnetAutoAssignPublicIP",
    resourceType: "AWS::EC2::Subnet",
    idParameter: "SubnetId",
    settings: {},
    onResources: [{ actions: ["ec2:ModifySubnetAttribute"], service: "ec2", resource: "subnet/*" }],
    onAll: ["ec2:DescribeSubnets"],
  },
} as const satisfies Readonly<Record<string, ConfigRemediation>>;

export type ConfigRemediationId = keyof typeof CONFIG_REMEDIATIONS;
