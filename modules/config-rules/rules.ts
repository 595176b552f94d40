/** The managed rules of AWS Config that find differences from what modules declare. */

interface ConfigRule {
  readonly identifier: string;
  readonly title: string;
  readonly resourceTypes: readonly string[];
  /** Severity of the Security Hub control that asks for the same setting. */
  readonly severity: "HIGH" | "MEDIUM" | "LOW";
  /** A periodic rule accepts no scope. */
  readonly trigger: "change" | "periodic";
}

/** @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
export const RULES = {
  app_runner_in_vpc: {
    identifier: "APPRUNNER_SERVICE_IN_VPC",
    title: "An App Runner service reaches its network by a VPC connector",
    resourceTypes: ["AWS::AppRunner::Service"],
    severity: "MEDIUM",
    trigger: "change",
  },
  default_security_group_closed: {
    identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    title: "The default security group of a VPC has no rules",
    resourceTypes: ["AWS::EC2::SecurityGroup"],
    severity: "HIGH",
    trigger: "change",
  },
  distribution_private_origin: {
    identifier: "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED",
    title: "A distribution reads its bucket by an origin access control",
    resourceTypes: ["AWS::CloudFront::Distribution"],
    severity: "MEDIUM",
    trigger: "change",
  },
  distribution_web_acl: {
    identifier: "CLOUDFRONT_ASSOCIATED_WITH_WAF",
    title: "A distribution has a web ACL",
    resourceTypes: ["AWS::CloudFront::Distribution"],
    severity: "MEDIUM",
    trigger: "change",
  },
  image_scanned: {
    identifier: "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
    title: "Images are scanned when they are pushed",
    resourceTypes: ["AWS::ECR::Repository"],
    severity: "HIGH",
    trigger: "periodic",
  },
  image_tags_immutable: {
    identifier: "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
    title: "The tag of an image cannot move to another image",
    resourceTypes: ["AWS::ECR::Repository"],
    severity: "MEDIUM",
    trigger: "change",
  },
  key_rotated: {
    identifier: "CMK_BACKING_KEY_ROTATION_ENABLED",
    title: "KMS rotates the material of a customer managed key",
    resourceTypes: ["AWS::KMS::Key"],
    severity: "MEDIUM",
    trigger: "periodic",
  },
  rds_cluster_deletion_protected: {
    identifier: "RDS_CLUSTER_DELETION_PROTECTION_ENABLED",
    title: "A database cluster has deletion protection",
    resourceTypes: ["AWS::RDS::DBCluster"],
    severity: "LOW",
    trigger: "change",
  },
  rds_cluster_encrypted: {
    identifier: "RDS_CLUSTER_ENCRYPTED_AT_REST",
    title: "A database cluster is encrypted",
    resourceTypes: ["AWS::RDS::DBCluster"],
    severity: "MEDIUM",
    trigger: "change",
  },
  rds_cluster_iam_authentication: {
    identifier: "RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED",
    title: "A database cluster accepts IAM authentication",
    resourceTypes: ["AWS::RDS::DBCluster"],
    severity: "MEDIUM",
    trigger: "change",
  },
  rds_instance_private: {
    identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    title: "A database instance has no public address",
    resourceTypes: ["AWS::RDS::DBInstance"],
    severity: "HIGH",
    trigger: "change",
  },
  s3_account_public_access: {
    identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    title: "The account blocks public access to all buckets",
    resourceTypes: ["AWS::::Account"],
    severity: "MEDIUM",
    trigger: "periodic",
  },
  s3_bucket_public_access: {
    identifier: "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    title: "A bucket blocks public access",
    resourceTypes: ["AWS::S3::Bucket"],
    severity: "HIGH",
    trigger: "change",
  },
  s3_bucket_tls: {
    identifier: "S3_BUCKET_SSL_REQUESTS_ONLY",
    title: "A bucket refuses requests without TLS",
    resourceTypes: ["AWS::S3::Bucket"],
    severity: "MEDIUM",
    trigger: "change",
  },
  s3_bucket_versioned: {
    identifier: "S3_BUCKET_VERSIONING_ENABLED",
    title: "A bucket keeps earlier versions of objects",
    resourceTypes: ["AWS::S3::Bucket"],
    severity: "LOW",
    trigger: "change",
  },
  subnet_without_public_addresses: {
    identifier: "SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED",
    title: "A subnet gives no public address to new network interfaces",
    resourceTypes: ["AWS::EC2::Subnet"],
    severity: "MEDIUM",
    trigger: "change",
  },
  vpc_flow_logs: {
    identifier: "VPC_FLOW_LOGS_ENABLED",
    title: "A VPC has a flow log",
    resourceTypes: ["AWS::EC2::VPC"],
    severity: "MEDIUM",
    trigger: "periodic",
  },
} as const satisfies Readonly<Record<string, ConfigRule>>;

export type RuleId = keyof typeof RULES;

export const RULE_IDS = keysOf(RULES);

function keysOf<K extends string>(record: { readonly [key in K]: unknown }): K[] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
