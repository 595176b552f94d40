/** The public API for modules, environments and the composition root. */

export {
  predefinedMetric,
  SCALING_CPU,
  SCALING_MEMORY,
  type ServiceScaling,
  scalableService,
  scaleService,
} from "./aws/autoscaling";
export {
  closeBucket,
  denyOtherEncryption,
  denyUnlocking,
  encryptBucket,
  keepUploads,
  lockBucket,
  logBucketAccess,
  readByDistribution,
  versionBucket,
} from "./aws/bucket";
export { CANARY_RUNS } from "./aws/canary-runs";
export { USED_BEFORE_CLOSING } from "./aws/closed-services";
export { CONFIG_REMEDIATIONS, type ConfigRemediation, type ConfigRemediationId } from "./aws/config-remediations";
export {
  CONTAINER_INPUTS,
  permissionStatements,
  pullStatements,
  SECRETS_WITH_KEYS,
  secretStatements,
} from "./aws/container";
export { type DeliveredLog, deliveredLogs } from "./aws/delivered-logs";
export {
  allowDocumentClients,
  DOCUMENT_STORE_INPUTS,
  DOCUMENT_STORE_OUTPUTS,
  documentStoreGroup,
} from "./aws/document-store";
export { TRACE_COLLECTOR } from "./aws/fargate/collector";
export { FARGATE_INPUTS, FARGATE_RULES } from "./aws/fargate/inputs";
export { rollingService } from "./aws/fargate/service";
export { CONTAINER, fargateTask } from "./aws/fargate/task";
export {
  publicLoadBalancer,
  TARGET_GROUP,
  type TargetGroup,
  TLS_POLICY,
  tasksAsTargets,
  URL_PATH,
  WITHOUT_WEB_ACL_REASON,
} from "./aws/load-balancer";
export {
  defineParameters,
  PARAMETER_PATH,
  type ParameterContract,
  publishParameters,
  readParameters,
} from "./aws/parameters";
export { PLANS_BUCKET_FOLDERS } from "./aws/plans-bucket-folders";
export { type PolicyStatement, partition, policyDocument, serviceTrust } from "./aws/policy";
export { exportedLogs, finalSnapshotName, POSTGRES_INPUTS, postgresParameters, WINDOW_RULE } from "./aws/postgres";
export {
  planRecovery,
  type RecoveryInput,
  type RecoveryPath,
  type RecoveryPlan,
  type RecoveryTargets,
  type StoreRecovery,
} from "./aws/recovery";
export { publishing, SCHEDULE_INPUTS, schedule } from "./aws/schedule";
export { denyOtherAccounts } from "./aws/secret";
export { notified, SEVERITY } from "./aws/severity";
export { ACKNOWLEDGED_COST, ACKNOWLEDGEMENT, SHIELD_COST } from "./aws/shield";
export {
  CONCLUDING_STATES,
  cleanUpAfterFailure,
  deletionState,
  pollingStates,
  rdsCall,
  snapshotCopyStates,
} from "./aws/snapshot-copies";
export { EXECUTION_LOG_RETENTION, scheduledStateMachine, stateMachine } from "./aws/state-machine";
export { TAG_REASON } from "./aws/tag-reason";
export { taskState, taskStatements } from "./aws/task-state";
export { WEB_ACL_CONSTRAINTS, WEB_ACL_INPUTS, webAcl } from "./aws/web-acl";
export { WEB_SERVICE_BOUNDS, WEB_SERVICE_INPUTS, WEB_SERVICE_OUTPUTS } from "./aws/web-service";
export { WEBSITE_INPUTS, WEBSITE_OUTPUTS } from "./aws/website/inputs";
export { pagesFunction } from "./aws/website/pages";
export { REPLICA_INPUT } from "./aws/website/replica";
export { website } from "./aws/website/website";
export { WITHOUT_ALARMS } from "./aws/without-alarms";
export { type Cidr, networkOf, overlap, parseCidr, printCidr, subnet } from "./common/cidr";
export { InputError } from "./common/errors";
export type { Expression } from "./generator/expression/code";
export { type Choice, condition, hcl, jsonencode, type Ref, type Value } from "./generator/expression/expression";
export { isSet, type Presence } from "./generator/expression/presence";
export { filter, values } from "./generator/expression/reference";
export { badArgument } from "./generator/expression/source";
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
} from "./generator/inputs/identifiers";
export { anyValue, ephemeral, sensitive, set, sizing, text } from "./generator/inputs/schema";
export type { Resource } from "./generator/module/attribute";
export { blockForEach, blockIf, soleBlockIf } from "./generator/module/blocks";
export { check } from "./generator/module/check";
export { forget } from "./generator/module/former-resources";
export { defineModule, defineTerraformModule, defineVendoredModule, readyAfter } from "./generator/module/module";
export {
  local,
  type ProviderAlias,
  type ResourceMap,
  resource,
  resourceForEach,
  resourceIf,
} from "./generator/module/resource";
export type { ProjectSettings } from "./generator/project-settings";
export type { Backend, StateBackend } from "./generator/root/backend";
export { declareSandbox } from "./generator/root/declare-sandbox";
export type { Exception } from "./generator/root/exception";
export { CHANGING_FROM, REPOSITORY_SUBJECT, type Repository, trustedSubjects } from "./generator/root/repository";
export { Root } from "./generator/root/root";
export type { DatabaseMigration, Delivery, Difference, RootProps } from "./generator/root/root-props";
export type { Sandboxes } from "./generator/root/sandbox";
export type { Isolation } from "./generator/synth/project-isolation";
export type { ProjectProviders } from "./generator/synth/project-providers";
export { type ClusterConnection, clusterConnection } from "./kubernetes/cluster-connection";
export type {
  CustomResource,
  ExternalSecret,
  PodMonitor,
  Probe,
  SecretStore,
  TargetGroupBinding,
} from "./kubernetes/custom-resources";
export {
  BYTES,
  CERTIFICATES,
  CHART_PATH,
  CHART_VERSION,
  CONTAINER_RESOURCES,
  CPU,
  IMAGE,
  OBJECT_NAME,
  REGISTRY,
} from "./kubernetes/identifiers";
export {
  type ContainerResources,
  helmRelease,
  repositoryChart,
  type ServiceAccountValues,
  serviceAccountWithRole,
} from "./kubernetes/release";
export {
  type ContainerSecurityContext,
  type PodSecurityContext,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
} from "./kubernetes/security";
