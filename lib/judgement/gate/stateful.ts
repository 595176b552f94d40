/** Resources that hold data, which no apply can restore. */

export interface HeldData {
  /** The data that is lost with the resource. */
  readonly holds: string;
  /** Whether a backup can restore it. */
  readonly restorable: boolean;
  /** Whether it may only be forgotten, because backups need it for as long as they exist. */
  readonly outlivesBackups?: true;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
const KEY = { restorable: false, outlivesBackups: true } as const;

const DATABASE: HeldData = { holds: "a database", restorable: true };

const FILES: HeldData = { holds: "files", restorable: true };

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
const NAMESPACE: HeldData = {
  holds: "every object in the namespace, also those of other people, and the data of its volume claims",
  restorable: true,
};

/** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming */
const VOLUME: HeldData = { holds: "a disk, which goes too unless its reclaim policy is Retain", restorable: true };

export const STATEFUL: Readonly<Record<string, HeldData>> = {
  aws_backup_vault: { holds: "backups", restorable: false },
  aws_cloudwatch_log_group: { holds: "logs", restorable: true },
  aws_cloudtrail_event_data_store: { holds: "an audit trail", restorable: false },
  aws_cognito_user_pool: { holds: "users and their passwords", restorable: false },
  aws_db_instance: DATABASE,
  aws_docdb_cluster: DATABASE,
  aws_docdbelastic_cluster: DATABASE,
  aws_dynamodb_table: { holds: "a table", restorable: true },
  aws_ebs_volume: { holds: "a disk", restorable: true },
  aws_ecr_repository: { holds: "images that deployments and rollbacks need", restorable: true },
  aws_efs_file_system: FILES,
  aws_eks_cluster: { holds: "all objects and Secrets of the cluster", restorable: true },
  aws_elasticache_replication_group: { holds: "cached data", restorable: true },
  aws_elasticsearch_domain: { holds: "indexes", restorable: true },
  aws_fsx_lustre_file_system: FILES,
  aws_fsx_ontap_volume: FILES,
  aws_fsx_openzfs_volume: FILES,
  aws_fsx_windows_file_system: FILES,
  aws_glacier_vault: { holds: "archives", restorable: false },
  aws_keyspaces_table: { holds: "a table", restorable: true },
  aws_kinesis_stream: { holds: "unread records", restorable: true },
  aws_kms_external_key: { holds: "the key to all data that it encrypted", ...KEY },
  aws_kms_key: { holds: "the key to all data that it encrypted", ...KEY },
  aws_kms_replica_external_key: { holds: "the key to all data that it encrypted in its region", ...KEY },
  aws_kms_replica_key: { holds: "the key to all data that it encrypted in its region", ...KEY },
  aws_memorydb_cluster: DATABASE,
  aws_msk_cluster: { holds: "unread records", restorable: true },
  aws_neptune_cluster: DATABASE,
  aws_opensearch_domain: { holds: "indexes", restorable: true },
  aws_organizations_account: { holds: "an account, which leaves the policies of its organization", restorable: false },
  aws_organizations_organization: { holds: "the policies, units and delegations of all accounts", restorable: false },
  aws_organizations_organizational_unit: { holds: "accounts and the policies that limit them", restorable: false },
  aws_rds_cluster: DATABASE,
  aws_redshift_cluster: DATABASE,
  aws_redshiftserverless_namespace: DATABASE,
  aws_s3_bucket: { holds: "objects and their versions", restorable: true },
  aws_s3_directory_bucket: { holds: "objects", restorable: true },
  aws_secretsmanager_secret: { holds: "a secret that people set by hand", restorable: true },
  aws_securityhub_account: {
    holds: "findings with their history, and the members of an administrator",
    restorable: false,
  },
  aws_sqs_queue: { holds: "unprocessed messages", restorable: true },
  aws_ssm_parameter: { holds: "a value that people may have set by hand", restorable: true },
  aws_timestreamwrite_table: { holds: "a table", restorable: true },
  kubernetes_namespace: NAMESPACE,
  kubernetes_namespace_v1: NAMESPACE,
  kubernetes_persistent_volume: VOLUME,
  kubernetes_persistent_volume_claim: VOLUME,
  kubernetes_persistent_volume_claim_v1: VOLUME,
  kubernetes_persistent_volume_v1: VOLUME,
};
