/** Containers on ECS: few rights, no secrets, and deployments that cannot take the service down. */
import { isList, type Value } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, byType, either, equals, judgeAt, several, where, worst } from "./attributes";
import { eachContainer, holdsNoSecrets, judgeImage, keeps } from "./container-definitions";
import type { ResourceGuardrail } from "./guardrail";
import { documentOf } from "./policies";
import { isEmpty, isText } from "./values";

const TASKS = ["aws_ecs_task_definition"] as const;
const SERVICES = ["aws_ecs_service"] as const;
const SHELL = "configuration.execute_command_configuration";

export const CONTAINERS = [
  {
    id: "container-not-privileged",
    title: "A container has no rights over the machine that it runs on",
    why: "Whoever breaks into a privileged container owns the machine and every other container on it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.4"] },
    allowed: "privileged = false",
    types: [...TASKS, "aws_batch_job_definition"],
    judge: byType({
      aws_ecs_task_definition: eachContainer(keeps("privileged", isOff)),
      aws_batch_job_definition: ({ values }) =>
        judgeAt(documentOf(values.container_properties ?? null), "privileged", isOff, "container_properties."),
    }),
  },
  {
    id: "container-read-only",
    title: "A container cannot change its own files",
    why: "An attacker who can write leaves programs behind that run again.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8"], gdpr: ["32(1)(b)"], fsbp: ["ECS.5"] },
    allowed: "readonlyRootFilesystem = true, with volumes where files have to be written",
    types: TASKS,
    judge: eachContainer(keeps("readonlyRootFilesystem", (value) => value === true)),
  },
  {
    id: "container-not-root",
    title: "A container runs as a user other than root",
    why: "As root, a fault in the container's walls is enough to get out.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.20"] },
    allowed: "a user other than 0 and root, such as 1000:1000",
    types: TASKS,
    judge: eachContainer(keeps("user", (value) => typeof value === "string" && !/^(0*|root)(:.*)?$/.test(value))),
  },
  {
    id: "container-capabilities",
    title: "A container gives up the rights of the kernel that it does not need",
    why: "What remains of root's rights lets an attacker change network, owners and processes.",
    severity: "medium",
    controls: { soc2: ["CC6.1"] },
    allowed: 'linuxParameters.capabilities with drop = ["ALL"] and nothing in add but NET_BIND_SERVICE',
    types: TASKS,
    judge: eachContainer((container, name) =>
      worst([
        keeps("linuxParameters.capabilities.drop", (drop) => isList(drop) && drop.includes("ALL"))(container, name),
        keeps("linuxParameters.capabilities.add", addsNothing)(container, name),
      ]),
    ),
  },
  {
    id: "container-no-secrets",
    title: "No secret stands in a container's definition",
    why: "Everybody who may describe the task reads it, and so does everybody with the state file.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(d)"],
      soc2: ["CC6.1"],
      gdpr: ["32(1)(b)"],
      fsbp: ["ECS.8"],
    },
    allowed: "secrets and secretOptions, which take the values from Secrets Manager as the task starts",
    types: TASKS,
    judge: eachContainer(holdsNoSecrets),
  },
  {
    id: "container-logs",
    title: "A container's output is kept",
    why: "What it said is gone with it, and nobody can tell what happened.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["ECS.9"] },
    allowed: "a logConfiguration with a logDriver",
    types: TASKS,
    judge: eachContainer(keeps("logConfiguration.logDriver", isText)),
  },
  {
    id: "container-image-pinned",
    title: "A container's image comes from ECR, by a tag or digest that says which one",
    why: "Images from elsewhere nobody has scanned, and what latest means changes without a deployment.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8", "CC8.1"] },
    allowed: "an image of an ECR repository with a tag other than latest, or a digest",
    types: TASKS,
    judge: eachContainer((container, name) => judgeImage(container.image ?? null, name)),
  },
  {
    id: "task-apart-from-host",
    title: "A task shares nothing with the machine that it runs on",
    why: "The machine's network, processes and files show what other tasks do, and the machine's credentials.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.3", "ECS.17"] },
    allowed: "no network_mode, pid_mode or ipc_mode host, and no volume with a host_path",
    types: TASKS,
    judge: all(
      allows("network_mode", (mode) => mode !== "host"),
      allows("pid_mode", (mode) => mode !== "host"),
      allows("ipc_mode", (mode) => mode !== "host"),
      equals("volume.host_path", null, ""),
    ),
  },
  {
    id: "ecs-service-private",
    title: "Tasks of a service have no public addresses",
    why: "A task with a public address can be reached past the load balancer and everything that guards it.",
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
    title: "Nobody can open a shell in a running container",
    why: "A shell reads every secret and record that the service can read, and no log tells which.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(b)"], soc2: ["CC6.1"] },
    allowed: "enable_execute_command = false",
    types: SERVICES,
    judge: equals("enable_execute_command", false, null),
  },
  {
    id: "ecs-shell-logged",
    title: "A cluster that lets shells in records what is typed, encrypted",
    why: "A shell that an exception allows is not recorded, or the record of what it showed can be read by too many.",
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
    title: "A service runs in two zones at least",
    why: "When the only zone fails, all of its tasks are gone, and no other place is theirs.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "two subnets or more in network_configuration",
    types: SERVICES,
    judge: several("network_configuration.subnets", 2),
  },
  {
    id: "ecs-deployment-rolls-back",
    title: "A deployment that fails is taken back by itself",
    why: "Otherwise ECS starts the broken version over and over, until somebody notices.",
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
    title: "A deployment stops no task before its successor is healthy",
    why: "Below 100 percent, each deployment leaves fewer tasks than the load needs; with one task, none.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "deployment_minimum_healthy_percent of 100, which is its default, or more",
    types: SERVICES,
    judge: allows("deployment_minimum_healthy_percent", (value) => value === null || Number(value) >= 100),
  },
  {
    id: "codedeploy-rolls-back",
    title: "A deployment of CodeDeploy that fails, or sets off an alarm, is taken back by itself",
    why: "Until a person notices, users meet the errors of the new version.",
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

function addsNothing(add: Value): boolean {
  return add === null || (isList(add) && add.every((capability) => capability === "NET_BIND_SERVICE"));
}

function isOff(value: Value): boolean {
  return value === false || value === null;
}
