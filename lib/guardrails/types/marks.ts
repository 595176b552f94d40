/** Which arguments of a resource can change access, exposure, secrets, encryption, logging or protection: by their names. */

export const MARKS = [
  "logging",
  "secret",
  "policy",
  "role",
  "key",
  "network",
  "principal",
  "public",
  "retention",
  "protection",
  "enabled",
  "target",
] as const;

/** What a change of the argument can change. `target` matters where it leads out of the account. */
export type Mark = (typeof MARKS)[number];

/** The last name of a path, in the order of `MARKS`: the first pattern that matches counts. */
const NAMED: Readonly<Record<Mark, RegExp>> = {
  logging: /(^|_)(logs?|logging|audit|trail|monitoring|insights?)(_|$)/,
  secret:
    /(^|_)(passwords?|passphrase|secrets?|tokens?|credentials?|(api|auth|private|shared|preshared|secret|access)_keys?)(_|$)/,
  policy: /(^|_)polic(y|ies)(_(arns?|bodies|body|documents?|json|names?|statements?|text))?$/,
  role: /(^|_)(roles?|instance_profile|permissions_boundary)(_(arns?|ids?|names?))?$/,
  key: /kms|ca_cert|certificate|cipher|encrypt|https|signing|(^|_)(cmk|mtls|sse|ssl|tls)(_|$)|(^|_)key_(arns?|ids?)$/,
  network:
    /cidr|source_ip|ip_(address|allow|range|set)|(^|_)(ipc|network|pid)_mode$|(^|_)(egress|eni|gateway|ingress|nat|network_interface|peer|prefix_lists?|routes?|security_groups?|subnets?|vpc)(_|$)/,
  principal:
    /(^|_)(accounts?|account_ids?|grantees?|organization(al_unit)?_(arns?|ids?)|owners?|permissions?|principals?|ssh|trusted)(_|$)|authenti|authori[sz]|^(groups?|members?|users?)$/,
  public:
    /public|anonymous|execute_command|hop_limit|internet|invalid_header|(^|_)access_mode$|(^|_)(acls?|cors|internal|origins?|scheme)(_|$)|^(allow|block|ignore|restrict)_/,
  retention: /retain|retention|(deletion|recovery)_window|(^|_)expir/,
  protection:
    /delet|mfa|minor_version|mutab|prevent|protect|security_mode|(^|_)((object_)?lock|scan(ning)?|waf)(_|$)|^(bypass|enforce|force|skip)_/,
  enabled: /(^|_)(active|disabled?|enabled?|state|status)(_|$)/,
  target:
    /_actions$|(^|_)(addresses|arns?|destinations?|emails?|endpoints?|hosts?|layers|queues?|registr(?:y|ies)|recipients?|streams?|targets?|topics?|uris?|urls?|webhooks?)(_(arns?|ids?|uris?|urls?))?$/,
};

/** Arguments whose names say something else than they mean, by `<type>.<argument>`, with what a change of them is. */
export const HARMLESS: Readonly<Record<string, string>> = {
  "aws_acm_certificate.subject_alternative_names": "names of a certificate, which is replaced",
  "aws_acm_certificate_validation.certificate_arn": "waits for a certificate",
  "aws_acm_certificate_validation.validation_record_fqdns": "waits for DNS records",
  "aws_appautoscaling_policy.disable_scale_in": "capacity",
  "aws_appautoscaling_target.role_arn": "a role of the service, which AWS chooses",
  "aws_cloudwatch_composite_alarm.alarm_rule": "when it goes off",
  "aws_db_instance.allow_major_version_upgrade": "which versions an upgrade may take",
  "aws_ecr_lifecycle_policy.policy": "which images are kept",
  "aws_ecs_service.enable_ecs_managed_tags": "tags",
  "aws_ecs_service.force_new_deployment": "when tasks are replaced",
  "aws_ecs_service.wait_for_steady_state": "how long the apply waits",
  "aws_ecs_service.health_check_grace_period_seconds": "time that a start may take",
  "aws_lb_target_group.enabled": "whether targets are checked, or clients stay with one",
  "aws_lb_target_group.deregistration_delay": "time that a connection may take to end",
  "aws_route53_record.ttl": "how long resolvers remember an answer",
  "aws_s3_bucket_lifecycle_configuration.status": "when objects are moved or removed",
  "aws_s3_bucket_lifecycle_configuration.expired_object_delete_marker": "removes markers of what is gone",
  "aws_sqs_queue.fifo_queue": "the order of messages",
  "aws_sqs_queue.kms_data_key_reuse_period_seconds": "how often SQS calls KMS",
  "aws_sqs_queue.message_retention_seconds": "time that a message may wait",
  "aws_sqs_queue_redrive_policy.redrive_policy": "the same, as a resource of its own",
  "aws_sqs_queue.redrive_policy": "attempts before a message is dead, and the queue of this account that takes it",
};

/** Arguments that mean more than their names say. */
const MARKED: Readonly<Record<string, Mark>> = {
  "aws_backup_selection.not_resources": "principal",
  "aws_backup_selection.resources": "protection",
  "aws_cloudwatch_composite_alarm.alarm": "logging",
  /** Images, secrets and log groups by their ARNs and hosts. */
  "aws_ecs_task_definition.container_definitions": "target",
  /** One setting is Container Insights. */
  "aws_ecs_cluster.value": "logging",
  "aws_kms_external_key.valid_to": "key",
  "aws_kms_key.rotation_period_in_days": "key",
  "aws_lb_listener.port": "network",
  "aws_lb_listener.protocol": "key",
  "aws_lb_listener_rule.type": "public",
  "aws_s3_bucket_object_lock_configuration.days": "retention",
  "aws_s3_bucket_object_lock_configuration.mode": "protection",
  "aws_s3_bucket_object_lock_configuration.years": "retention",
};

/** Names of arguments that describe a resource for people, whatever its type. */
export const FOR_PEOPLE = /^(tags|tags_all)$|(^|_)(comment|description)$/;

/** Whether somebody has judged that the argument means something else than its name says. @param path as in `markOf` */
export function isHarmless(type: string, path: string): boolean {
  return `${type}.${path.split(".").at(-1) ?? path}` in HARMLESS;
}

/** @param path nested names from the resource down: `network_configuration.subnets` */
export function markOf(type: string, path: string): Mark | undefined {
  const name = path.split(".").at(-1) ?? path;
  if (isHarmless(type, path) || FOR_PEOPLE.test(name)) return undefined;
  return MARKED[`${type}.${name}`] ?? MARKS.find((mark) => NAMED[mark].test(name));
}
