/** Arguments that a person has judged, overriding their names and descriptions. */
import { HARMLESS_IN_CLUSTERS, MARKED_IN_CLUSTERS } from "./kubernetes-arguments";
import type { Mark } from "./marks";

/**
 * Arguments with a suspicious name or description but a harmless meaning, by `<type>.<argument>`, with the effect of a
 * change.
 */
export const HARMLESS: Readonly<Record<string, string>> = {
  ...HARMLESS_IN_CLUSTERS,
  "aws_acm_certificate.domain_name": "the name of a certificate, which is replaced",
  "aws_acm_certificate.key_algorithm": "the key of a certificate, which is replaced",
  "aws_acm_certificate.subject_alternative_names": "names of a certificate, which is replaced",
  "aws_acm_certificate_validation.certificate_arn": "waits for a certificate",
  "aws_acm_certificate_validation.validation_record_fqdns": "waits for DNS records",
  "aws_appautoscaling_policy.disable_scale_in": "capacity",
  "aws_appautoscaling_target.role_arn": "a role of the service, which AWS chooses",
  "aws_alb_target_group.protocol_version": "HTTP/1.1, HTTP/2 or gRPC",
  "aws_athena_workgroup.bytes_scanned_cutoff_per_query": "how much a query may read",
  "aws_db_instance.allow_major_version_upgrade": "which versions an upgrade may take",
  "aws_ecr_lifecycle_policy.policy": "which images are kept",
  "aws_ecs_service.enable_ecs_managed_tags": "tags",
  "aws_ecs_service.force_new_deployment": "when tasks are replaced",
  "aws_ecs_service.port_name": "the port of a task that other services find by name",
  "aws_ecs_service.wait_for_steady_state": "how long the apply waits",
  "aws_ecs_service.health_check_grace_period_seconds": "time that a start may take",
  "aws_lb_target_group.enabled": "whether targets are checked, or clients stay with one",
  "aws_lb_target_group.protocol_version": "HTTP/1.1, HTTP/2 or gRPC",
  "aws_lb_target_group.deregistration_delay": "time that a connection may take to end",
  "aws_route53_record.ttl": "how long resolvers remember an answer",
  "aws_s3_bucket_lifecycle_configuration.status": "when objects are moved or removed",
  "aws_s3_bucket_lifecycle_configuration.newer_noncurrent_versions": "when objects are moved or removed",
  "aws_s3_object.source_hash": "when the object is uploaded again",
  "aws_s3_bucket_lifecycle_configuration.expired_object_delete_marker": "removes markers of what is gone",
  "aws_sqs_queue.fifo_queue": "the order of messages",
  "aws_sqs_queue.kms_data_key_reuse_period_seconds": "how often SQS calls KMS",
  "aws_sqs_queue.message_retention_seconds": "time that a message may wait",
  "aws_sqs_queue_redrive_policy.redrive_policy": "the same, as a resource of its own",
  "aws_sqs_queue.redrive_policy": "attempts before a message is dead, and the queue of this account that takes it",
};

/** Arguments with more effect than their names and descriptions indicate, by `<type>.<argument>`. */
export const MARKED: Readonly<Record<string, Mark>> = {
  ...MARKED_IN_CLUSTERS,
  "aws_alb_target_group.protocol": "key",
  /** The OpenAPI document has the authorizers and the targets of an API. */
  "aws_api_gateway_rest_api.body": "principal",
  "aws_athena_workgroup.output_location": "target",
  "aws_backup_plan.schedule": "protection",
  /** Tags by which resources are selected. */
  "aws_backup_selection.key": "protection",
  "aws_backup_selection.not_resources": "principal",
  "aws_backup_selection.resources": "protection",
  "aws_backup_selection.value": "protection",
  "aws_backup_vault_lock_configuration.changeable_for_days": "protection",
  "aws_ce_anomaly_subscription.address": "target",
  /** Instances that a command runs on. */
  "aws_cloudwatch_event_target.key": "principal",
  "aws_cloudwatch_event_target.values": "principal",
  /** An alarm on a metric that nobody records never goes off. */
  "aws_cloudwatch_metric_alarm.metric_name": "logging",
  "aws_cloudwatch_metric_alarm.namespace": "logging",
  /** Functions that decide who signs in, and how an address is verified. */
  "aws_cognito_user_pool.attributes_require_verification_before_update": "principal",
  "aws_cognito_user_pool.auto_verified_attributes": "principal",
  "aws_cognito_user_pool.create_auth_challenge": "principal",
  "aws_cognito_user_pool.custom_message": "principal",
  "aws_cognito_user_pool.define_auth_challenge": "principal",
  "aws_cognito_user_pool.lambda_arn": "principal",
  "aws_cognito_user_pool.post_confirmation": "principal",
  "aws_cognito_user_pool.pre_sign_up": "principal",
  "aws_cognito_user_pool.pre_token_generation": "principal",
  "aws_cognito_user_pool.user_migration": "principal",
  "aws_cognito_user_pool.verify_auth_challenge_response": "principal",
  "aws_cur_report_definition.s3_bucket": "target",
  /** Users of the directory can log in. */
  "aws_db_instance.domain": "principal",
  "aws_db_instance.domain_fqdn": "principal",
  "aws_db_instance.domain_ou": "principal",
  /** Deleting a replica deletes its copy of the data. */
  "aws_dynamodb_table.region_name": "protection",
  "aws_glue_catalog_table.location": "target",
  /** Findings about addresses of the list are suppressed. */
  "aws_guardduty_ipset.activate": "network",
  "aws_instance.source_dest_check": "network",
  "aws_lambda_function.s3_bucket": "target",
  "aws_lambda_layer_version.s3_bucket": "target",
  "aws_cloudwatch_composite_alarm.alarm": "logging",
  /** With the rule `FALSE` it never goes off. */
  "aws_cloudwatch_composite_alarm.alarm_rule": "logging",
  /** Images, secrets and log groups, named by ARN and host. */
  "aws_ecs_task_definition.container_definitions": "target",
  /** One setting is Container Insights. */
  "aws_ecs_cluster.value": "logging",
  "aws_kms_external_key.valid_to": "key",
  "aws_kms_key.rotation_period_in_days": "key",
  "aws_lb_listener.port": "network",
  "aws_lb_listener.protocol": "key",
  "aws_lb_listener_rule.type": "public",
  "aws_lb_target_group.protocol": "key",
  /** The time to which a cluster can be returned without a restore. */
  "aws_rds_cluster.backtrack_window": "retention",
  "aws_rds_cluster.domain": "principal",
  /** SQL over HTTPS, from outside of the network. */
  "aws_rds_cluster.enable_http_endpoint": "public",
  /** Sites that may send data of their visitors. */
  "aws_rum_app_monitor.domain": "public",
  "aws_rum_app_monitor.domain_list": "public",
  "aws_spot_instance_request.source_dest_check": "network",
  /** Instances that a document runs on. */
  "aws_ssm_association.key": "principal",
  "aws_ssm_association.values": "principal",
  "aws_ssm_maintenance_window_target.key": "principal",
  "aws_ssm_maintenance_window_target.values": "principal",
  "aws_cloudformation_stack.parameters": "policy",
  "aws_codecommit_approval_rule_template.content": "protection",
  "aws_emr_security_configuration.configuration": "key",
  /** FTP sends passwords and files in clear text. */
  "aws_transfer_server.protocols": "key",
  "aws_s3_bucket_object_lock_configuration.days": "retention",
  "aws_s3_bucket_object_lock_configuration.mode": "protection",
  "aws_s3_bucket_object_lock_configuration.years": "retention",
};
