/** ECS services and their deployments: private, and available during every deployment. */
import { isList } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, either, equals, several, where } from "./attributes";
import type { ResourceGuardrail } from "./guardrail";
import { isEmpty } from "./values";

const SERVICES = ["aws_ecs_service"] as const;
const SHELL = "configuration.execute_command_configuration";

export const CONTAINER_SERVICES = [
  {
    id: "ecs-service-private",
    title: "Tasks of a service have no public addresses",
    why: "A task with a public address can be reached without passing the load balancer and its protections.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      fsbp: ["ECS.2"],
    },
    allowed: "network_configuration.assign_public_ip = false",
    types: SERVICES,
    judge: equals("network_configuration.assign_public_ip", false, null),
  },
  {
    id: "ecs-no-shell",
    title: "ECS Exec is disabled: nobody can open a shell in a running container",
    why: "A shell reads every secret and record that the service can read, and no log shows which.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(b)"], soc2: ["CC6.1"] },
    allowed: "enable_execute_command = false",
    types: SERVICES,
    judge: equals("enable_execute_command", false, null),
  },
  {
    id: "ecs-shell-logged",
    title: "A cluster that allows ECS Exec logs each session, encrypted",
    why: "A session that an exception permits is not logged, or too many people can read its log.",
    severity: "high",
    controls: { hipaa: ["164.312(b)", "164.312(a)(2)(iv)"], soc2: ["CC6.1", "CC7.2"] },
    allowed: `no execute_command_configuration; or kms_key_id with ${KEY_OF_ACCOUNT}, logging = "OVERRIDE", and a log that is encrypted`,
    types: ["aws_ecs_cluster"],
    judge: where(
      SHELL,
      (shell) => !isEmpty(shell),
      all(
        keyOfAccount(`${SHELL}.kms_key_id`),
        equals(`${SHELL}.logging`, "OVERRIDE"),
        either(
          equals(`${SHELL}.log_configuration.cloud_watch_encryption_enabled`, true),
          equals(`${SHELL}.log_configuration.s3_bucket_encryption_enabled`, true),
        ),
      ),
    ),
  },
  {
    id: "ecs-service-two-zones",
    title: "A service runs in at least two availability zones",
    why: "If the only zone fails, all tasks stop and cannot start anywhere else.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "two subnets or more in network_configuration",
    types: SERVICES,
    judge: several("network_configuration.subnets", 2),
  },
  {
    id: "ecs-deployment-rolls-back",
    title: "A failed deployment is rolled back automatically",
    why: "ECS otherwise starts the broken version again and again until somebody notices.",
    severity: "medium",
    controls: { soc2: ["CC8.1", "A1.2"] },
    allowed: "deployment_circuit_breaker with enable and rollback",
    types: SERVICES,
    judge: where(
      "deployment_controller.type",
      (type) => type === null || type === "ECS",
      all(equals("deployment_circuit_breaker.enable", true), equals("deployment_circuit_breaker.rollback", true)),
    ),
  },
  {
    id: "ecs-deployment-keeps-capacity",
    title: "A deployment stops no task before its replacement is healthy",
    why: "Below 100 percent, each deployment leaves fewer tasks than the load needs, and a service with one task is down.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "deployment_minimum_healthy_percent of 100, which is its default, or more",
    types: SERVICES,
    judge: allows("deployment_minimum_healthy_percent", (value) => value === null || Number(value) >= 100),
  },
  {
    id: "codedeploy-rolls-back",
    title: "A CodeDeploy deployment that fails, or triggers an alarm, is rolled back automatically",
    why: "Users get the errors of the new version until a person notices.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed:
      "auto_rollback_configuration on DEPLOYMENT_FAILURE and DEPLOYMENT_STOP_ON_ALARM, and an alarm_configuration",
    types: ["aws_codedeploy_deployment_group"],
    judge: all(
      equals("auto_rollback_configuration.enabled", true),
      allows(
        "auto_rollback_configuration.events",
        (events) => isList(events) && TAKEN_BACK_ON.every((event) => events.includes(event)),
      ),
      equals("alarm_configuration.enabled", true),
    ),
  },
] as const satisfies readonly ResourceGuardrail[];

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html */
const TAKEN_BACK_ON = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] as const;
