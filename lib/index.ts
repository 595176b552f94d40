/** What modules, environments and the composition root are written with. */
export type { Resource } from "./attribute";
export { predefinedMetric, type ServiceScaling, scaleService } from "./autoscaling";
export { blockForEach, blockIf, soleBlockIf } from "./blocks";
export { closeBucket, denyOtherEncryption, encryptBucket, keepUploads, logBucketAccess, versionBucket } from "./bucket";
export type { Expression } from "./code";
export { InputError } from "./errors";
export type { Exception } from "./exception";
export { type Choice, condition, hcl, jsonencode, type Ref, type Value } from "./expression";
export {
  ACCOUNT_ID,
  AUDIT_LOGS,
  arnOf,
  BUCKET_NAME,
  DOMAIN_NAME,
  EMAIL_ADDRESS,
  LOG_RETENTION_DAYS,
  REGION,
  resourceName,
  ZONE_ID,
} from "./identifiers";
export {
  publicLoadBalancer,
  TARGET_GROUP,
  type TargetGroup,
  TLS_POLICY,
  tasksAsTargets,
  URL_PATH,
  WITHOUT_WEB_ACL_REASON,
} from "./load-balancer";
export { defineModule, defineTerraformModule, readyAfter } from "./module";
export { PLANS_BUCKET_FOLDERS } from "./plans-bucket-folders";
export { type PolicyStatement, partition, policyDocument, serviceTrust } from "./policy";
export {
  planRecovery,
  type RecoveryInput,
  type RecoveryPath,
  type RecoveryPlan,
  type RecoveryTargets,
  type StoreRecovery,
} from "./recovery";
export { filter, isSet, values } from "./reference";
export { CHANGING_FROM, REPOSITORY_SUBJECT, type Repository, trustedSubjects } from "./repository";
export { local, resource, resourceForEach, resourceIf } from "./resource";
export { Root } from "./root";
export type { Delivery, Difference, RootProps, StateBackend } from "./root-props";
export { sensitive, set, sizing, text } from "./schema";
