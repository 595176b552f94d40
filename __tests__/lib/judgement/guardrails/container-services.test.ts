import { CONTAINER_SERVICES } from "../../../../lib/judgement/guardrails/container-services";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [name: string]: HclValue };

const service = (values: Values) => [resourceOf("aws_ecs_service", values)];
const subnet = (zone: string) => new Reference(`module.vpc.aws_subnet.this["${zone}"]`, "id");
const cluster = (shell: Values | null) => [
  resourceOf("aws_ecs_cluster", { configuration: [{ execute_command_configuration: shell === null ? [] : [shell] }] }),
];
const SHELL = "configuration.execute_command_configuration";
const OPEN = { kms_key_id: new Reference("module.key.aws_kms_key.this", "arn"), logging: "OVERRIDE" };
const LOGGED = [{ cloud_watch_encryption_enabled: true }];

function deployment(values: { readonly [argument: string]: HclValue }) {
  return [
    resourceOf("aws_codedeploy_deployment_group", {
      auto_rollback_configuration: [{ enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] }],
      alarm_configuration: [{ enabled: true, alarms: ["shop-5xx"] }],
      ...values,
    }),
  ];
}

proveRows(CONTAINER_SERVICES, {
  "ecs-service-private": [
    ["holds if it is", service({ network_configuration: { assign_public_ip: false } }), "holds"],
    [
      "is broken if it is not",
      service({ network_configuration: [{ assign_public_ip: true }] }),
      "broken: network_configuration.assign_public_ip = true",
    ],
    [
      "is unknown if it is unknown",
      service({ network_configuration: [{ assign_public_ip: new Unknown() }] }),
      "unknown: network_configuration.assign_public_ip = (known after apply)",
    ],
  ],
  "ecs-no-shell": [
    ["holds if nothing is set", service({}), "holds"],
    ["is broken if it is on", service({ enable_execute_command: true }), "broken: enable_execute_command = true"],
    [
      "is unknown if it is unknown",
      service({ enable_execute_command: new Unknown() }),
      "unknown: enable_execute_command = (known after apply)",
    ],
  ],
  "ecs-shell-logged": [
    ["holds without ECS Exec", cluster(null), "holds"],
    ["holds with a log that is encrypted", cluster({ ...OPEN, log_configuration: LOGGED }), "holds"],
    [
      "is broken without a key",
      cluster({ ...OPEN, kms_key_id: null, log_configuration: LOGGED }),
      `broken: ${SHELL}.kms_key_id = null`,
    ],
    [
      "is broken without a log",
      cluster({ ...OPEN, logging: "NONE", log_configuration: LOGGED }),
      `broken: ${SHELL}.logging = "NONE"`,
    ],
    [
      "is broken if the log is not encrypted",
      cluster({ ...OPEN, log_configuration: [{}] }),
      `broken: ${SHELL}.log_configuration.cloud_watch_encryption_enabled = null and ${SHELL}.log_configuration.s3_bucket_encryption_enabled = null`,
    ],
    [
      "is unknown if the value is known only after the apply",
      cluster({ ...OPEN, log_configuration: [{ cloud_watch_encryption_enabled: new Unknown() }] }),
      `unknown: ${SHELL}.log_configuration.cloud_watch_encryption_enabled = (known after apply)`,
    ],
  ],
  "ecs-service-two-zones": [
    [
      "holds if it has two subnets",
      service({ network_configuration: { subnets: [subnet("a"), subnet("b")] } }),
      "holds",
    ],
    [
      "is broken if it has one",
      service({ network_configuration: { subnets: ["subnet-a"] } }),
      'broken: network_configuration.subnets = ["subnet-a"]',
    ],
    [
      "is unknown if they are unknown",
      service({ network_configuration: { subnets: new Unknown() } }),
      "unknown: network_configuration.subnets = (known after apply)",
    ],
  ],
  "ecs-deployment-rolls-back": [
    ["holds if it does", service({ deployment_circuit_breaker: { enable: true, rollback: true } }), "holds"],
    ["holds if CodeDeploy deploys", service({ deployment_controller: [{ type: "CODE_DEPLOY" }] }), "holds"],
    ["is broken if nothing is set", service({}), "broken: deployment_circuit_breaker.enable = null"],
    [
      "is broken if it stops without a rollback",
      service({ deployment_circuit_breaker: { enable: true, rollback: false } }),
      "broken: deployment_circuit_breaker.rollback = false",
    ],
    [
      "is unknown if it is unknown",
      service({ deployment_circuit_breaker: new Unknown() }),
      "unknown: deployment_circuit_breaker.enable = (known after apply)",
    ],
  ],
  "codedeploy-rolls-back": [
    ["holds if failures and alarms cause a rollback", deployment({}), "holds"],
    [
      "is broken if alarms cause no rollback",
      deployment({ auto_rollback_configuration: [{ enabled: true, events: ["DEPLOYMENT_FAILURE"] }] }),
      'broken: auto_rollback_configuration.events = ["DEPLOYMENT_FAILURE"]',
    ],
    ["is broken without alarms", deployment({ alarm_configuration: [] }), "broken: alarm_configuration.enabled = null"],
    [
      "is unknown if the events are unknown",
      deployment({ auto_rollback_configuration: [{ enabled: true, events: new Unknown() }] }),
      "unknown: auto_rollback_configuration.events = (known after apply)",
    ],
  ],
  "ecs-deployment-keeps-capacity": [
    ["holds with the default", service({}), "holds"],
    [
      "is broken if half of the tasks may stop",
      service({ deployment_minimum_healthy_percent: 50 }),
      "broken: deployment_minimum_healthy_percent = 50",
    ],
    [
      "is unknown if it is unknown",
      service({ deployment_minimum_healthy_percent: new Unknown() }),
      "unknown: deployment_minimum_healthy_percent = (known after apply)",
    ],
  ],
});
