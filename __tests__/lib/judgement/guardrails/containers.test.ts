import { CONTAINERS } from "../../../../lib/judgement/guardrails/containers";
import { EncodedJson, PartialText, Reference, Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";
import { SECRETS_IN_CONTAINERS } from "./secret-cases";

type Values = { readonly [name: string]: Value };

const task = (values: Values) => [resourceOf("aws_ecs_task_definition", values)];
const service = (values: Values) => [resourceOf("aws_ecs_service", values)];
/** As the source has it: parts are unknown. */
const container = (values: Values) => task({ container_definitions: new EncodedJson([{ name: "app", ...values }]) });
const drop = { drop: ["ALL"] };
const repository = new Reference('module.images.aws_ecr_repository.this["app"]', "repository_url");
const subnet = (zone: string) => new Reference(`module.vpc.aws_subnet.this["${zone}"]`, "id");
const variable = (name: Value, value: Value) => container({ environment: [{ name, value }] });
const key = `AKIA${"A".repeat(16)}`;

const job = (values: Values) => [
  resourceOf("aws_batch_job_definition", { container_properties: new EncodedJson(values) }),
];
const cluster = (shell: Values | null) => [
  resourceOf("aws_ecs_cluster", { configuration: [{ execute_command_configuration: shell === null ? [] : [shell] }] }),
];
const SHELL = "configuration.execute_command_configuration";
const OPEN = { kms_key_id: new Reference("module.key.aws_kms_key.this", "arn"), logging: "OVERRIDE" };
const LOGGED = [{ cloud_watch_encryption_enabled: true }];

function deployment(values: { readonly [argument: string]: Value }) {
  return [
    resourceOf("aws_codedeploy_deployment_group", {
      auto_rollback_configuration: [{ enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] }],
      alarm_configuration: [{ enabled: true, alarms: ["shop-5xx"] }],
      ...values,
    }),
  ];
}

proveRows(CONTAINERS, {
  "container-not-privileged": [
    ["holds for a job without", job({ privileged: false }), "holds"],
    ["is broken by a job", job({ privileged: true }), "broken: container_properties.privileged = true"],
    ["holds where it is not", container({ privileged: false }), "holds"],
    ["holds where nothing is said", container({}), "holds"],
    ["is broken where it is", container({ privileged: true }), "broken: app: privileged = true"],
    [
      "is broken where the second one is, and has no name",
      task({ container_definitions: JSON.stringify([{ name: "app" }, { privileged: true }]) }),
      "broken: container 2: privileged = true",
    ],
    [
      "is undecided where nothing is known",
      task({ container_definitions: new Unknown() }),
      "unknown: container_definitions = (known after apply)",
    ],
    [
      "is undecided where one container is not known",
      task({ container_definitions: new EncodedJson([new Unknown()]) }),
      "unknown: container_definitions[0] = (known after apply)",
    ],
    ["is broken where there is none", task({}), "broken: container_definitions = null"],
  ],
  "container-read-only": [
    ["holds where it is", container({ readonlyRootFilesystem: true }), "holds"],
    ["is broken where nothing is said", container({}), "broken: app: readonlyRootFilesystem = null"],
    [
      "is undecided where it is open",
      container({ readonlyRootFilesystem: new Unknown() }),
      "unknown: app: readonlyRootFilesystem = (known after apply)",
    ],
  ],
  "container-not-root": [
    ["holds where a user is set", container({ user: "1000:1000" }), "holds"],
    ["is broken where none is set", container({}), "broken: app: user = null"],
    ...["0", "root", "0:0", "root:root", "0:1000", ""].map(
      (user): Case => [`is broken where the user is "${user}"`, container({ user }), `broken: app: user = "${user}"`],
    ),
    ["is undecided where it is open", container({ user: new Unknown() }), "unknown: app: user = (known after apply)"],
  ],
  "container-capabilities": [
    ["holds where all are dropped", container({ linuxParameters: { capabilities: drop } }), "holds"],
    [
      "holds where a low port is needed",
      container({ linuxParameters: { capabilities: { ...drop, add: ["NET_BIND_SERVICE"] } } }),
      "holds",
    ],
    ["is broken where they stay", container({}), "broken: app: linuxParameters.capabilities.drop = null"],
    [
      "is broken where one is added",
      container({ linuxParameters: { capabilities: { ...drop, add: ["SYS_PTRACE"] } } }),
      'broken: app: linuxParameters.capabilities.add = ["SYS_PTRACE"]',
    ],
    [
      "is undecided where they are open",
      container({ linuxParameters: new Unknown() }),
      "unknown: app: linuxParameters.capabilities.drop = (known after apply)",
    ],
  ],
  "container-no-secrets": [
    ["holds where it has no environment", container({}), "holds"],
    ["holds where it says where the database is", variable("DATABASE_HOST", repository), "holds"],
    [
      "is broken where a name gives it away",
      variable("DB_PASSWORD", repository),
      "broken: app: environment DB_PASSWORD",
    ],
    [
      "is broken where a value gives it away",
      variable("UPLOADER", key),
      "broken: app: environment UPLOADER with a secret's value",
    ],
    [
      "is broken where a piece of a value gives it away",
      variable("UPLOADER", new PartialText([`${key}/`, new Unknown()])),
      "broken: app: environment UPLOADER with a secret's value",
    ],
    ...SECRETS_IN_CONTAINERS.map(
      ([place, values]): Case => [`is broken by a secret in its ${place}`, container(values), `broken: app: ${place}`],
    ),
    [
      "is broken by a connection string in a variable",
      variable("DATABASE_URL", "mongodb+srv://app:swordfish@db.example/app"),
      "broken: app: environment DATABASE_URL with a secret's value",
    ],
    [
      "is broken by a document in a variable",
      variable("CONFIG", JSON.stringify({ db: { password: "swordfish" } })),
      "broken: app: environment CONFIG with a secret's value",
    ],
    [
      "holds where secrets are named",
      container({
        secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:x" }],
        logConfiguration: { secretOptions: [{ name: "splunk-token", valueFrom: "arn:aws:ssm:x" }] },
        command: ["run", "--password", "$DB_PASSWORD", "--token=$TOKEN"],
      }),
      "holds",
    ],
    [
      "is undecided where only an apply tells the password in a connection string",
      variable("DATABASE_URL", new PartialText(["postgres://app:", new Unknown(), "@db/app"])),
      "unknown: app: environment DATABASE_URL holds a URL with a password that is not known",
    ],
    ["is undecided where a value is open", variable("UPLOADER", new Unknown()), "unknown: app: environment UPLOADER"],
    [
      "is undecided where all of it is open",
      container({ environment: new Unknown() }),
      "unknown: app: environment (known after apply)",
    ],
  ],
  "container-logs": [
    ["holds where they go to CloudWatch", container({ logConfiguration: { logDriver: "awslogs" } }), "holds"],
    ["is broken where they go nowhere", container({}), "broken: app: logConfiguration.logDriver = null"],
    [
      "is undecided where it is open",
      container({ logConfiguration: new Unknown() }),
      "unknown: app: logConfiguration.logDriver = (known after apply)",
    ],
  ],
  "container-image-pinned": [
    [
      "holds where a repository of the root has a tag",
      container({ image: new PartialText([repository, ":initial"]) }),
      "holds",
    ],
    [
      "holds where the registry is ECR",
      container({ image: "111111111111.dkr.ecr.us-east-1.amazonaws.com/app:1.4.2" }),
      "holds",
    ],
    [
      "holds where a digest is given",
      container({ image: `111111111111.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${"0".repeat(64)}` }),
      "holds",
    ],
    [
      "is broken where the tag is latest",
      container({ image: new PartialText([repository, ":latest"]) }),
      'broken: app: image = "${module.images.aws_ecr_repository.this["app"].repository_url}:latest"',
    ],
    [
      "is broken where there is no tag",
      container({ image: repository }),
      'broken: app: image = ${module.images.aws_ecr_repository.this["app"].repository_url}',
    ],
    [
      "is broken where the registry has a port and the image no tag",
      container({ image: "localhost:5000/app" }),
      'broken: app: image = "localhost:5000/app"',
    ],
    [
      "is broken where it comes from elsewhere",
      container({ image: "nginx:1.27" }),
      'broken: app: image = "nginx:1.27"',
    ],
    [
      "is broken where it comes from elsewhere with an open name",
      container({ image: new PartialText(["docker.io/", new Unknown(), ":1"]) }),
      'broken: app: image = "docker.io/(known after apply):1"',
    ],
    ["is broken where it is missing", container({}), "broken: app: image = null"],
    [
      "is undecided where the tag is open",
      container({ image: new PartialText([repository, ":", new Unknown()]) }),
      'unknown: app: image = "${module.images.aws_ecr_repository.this["app"].repository_url}:(known after apply)"',
    ],
    [
      "is undecided where the repository is open",
      container({ image: new PartialText([new Unknown(), ":1.4.2"]) }),
      'unknown: app: image = "(known after apply):1.4.2"',
    ],
  ],
  "task-apart-from-host": [
    ["holds where it has its own network", task({ network_mode: "awsvpc", volume: [{ name: "tmp" }] }), "holds"],
    ["is broken where it shares the network", task({ network_mode: "host" }), 'broken: network_mode = "host"'],
    ["is broken where it sees processes", task({ pid_mode: "host" }), 'broken: pid_mode = "host"'],
    ["is broken where it shares memory", task({ ipc_mode: "host" }), 'broken: ipc_mode = "host"'],
    ["is broken where it reads files", task({ volume: [{ host_path: "/" }] }), 'broken: volume.host_path = "/"'],
    [
      "is undecided where it is open",
      task({ network_mode: new Unknown() }),
      "unknown: network_mode = (known after apply)",
    ],
  ],
  "ecs-service-private": [
    ["holds where it is", service({ network_configuration: { assign_public_ip: false } }), "holds"],
    [
      "is broken where it is not",
      service({ network_configuration: [{ assign_public_ip: true }] }),
      "broken: network_configuration.assign_public_ip = true",
    ],
    [
      "is undecided where it is open",
      service({ network_configuration: [{ assign_public_ip: new Unknown() }] }),
      "unknown: network_configuration.assign_public_ip = (known after apply)",
    ],
  ],
  "ecs-no-shell": [
    ["holds where nothing is said", service({}), "holds"],
    ["is broken where it is on", service({ enable_execute_command: true }), "broken: enable_execute_command = true"],
    [
      "is undecided where it is open",
      service({ enable_execute_command: new Unknown() }),
      "unknown: enable_execute_command = (known after apply)",
    ],
  ],
  "ecs-shell-logged": [
    ["holds where nothing lets a shell in", cluster(null), "holds"],
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
      "is broken where the log is not encrypted",
      cluster({ ...OPEN, log_configuration: [{}] }),
      `broken: ${SHELL}.log_configuration.cloud_watch_encryption_enabled = null and ${SHELL}.log_configuration.s3_bucket_encryption_enabled = null`,
    ],
    [
      "is undecided where only the apply tells",
      cluster({ ...OPEN, log_configuration: [{ cloud_watch_encryption_enabled: new Unknown() }] }),
      `unknown: ${SHELL}.log_configuration.cloud_watch_encryption_enabled = (known after apply)`,
    ],
  ],
  "ecs-service-two-zones": [
    [
      "holds where it has two subnets",
      service({ network_configuration: { subnets: [subnet("a"), subnet("b")] } }),
      "holds",
    ],
    [
      "is broken where it has one",
      service({ network_configuration: { subnets: ["subnet-a"] } }),
      'broken: network_configuration.subnets = ["subnet-a"]',
    ],
    [
      "is undecided where they are open",
      service({ network_configuration: { subnets: new Unknown() } }),
      "unknown: network_configuration.subnets = (known after apply)",
    ],
  ],
  "ecs-deployment-rolls-back": [
    ["holds where it does", service({ deployment_circuit_breaker: { enable: true, rollback: true } }), "holds"],
    ["holds where CodeDeploy deploys", service({ deployment_controller: [{ type: "CODE_DEPLOY" }] }), "holds"],
    ["is broken where nothing is said", service({}), "broken: deployment_circuit_breaker.enable = null"],
    [
      "is broken where it only stops",
      service({ deployment_circuit_breaker: { enable: true, rollback: false } }),
      "broken: deployment_circuit_breaker.rollback = false",
    ],
    [
      "is undecided where it is open",
      service({ deployment_circuit_breaker: new Unknown() }),
      "unknown: deployment_circuit_breaker.enable = (known after apply)",
    ],
  ],
  "codedeploy-rolls-back": [
    ["holds where it is taken back on failures and alarms", deployment({}), "holds"],
    [
      "is broken where alarms take nothing back",
      deployment({ auto_rollback_configuration: [{ enabled: true, events: ["DEPLOYMENT_FAILURE"] }] }),
      'broken: auto_rollback_configuration.events = ["DEPLOYMENT_FAILURE"]',
    ],
    ["is broken without alarms", deployment({ alarm_configuration: [] }), "broken: alarm_configuration.enabled = null"],
    [
      "is undecided where the events are open",
      deployment({ auto_rollback_configuration: [{ enabled: true, events: new Unknown() }] }),
      "unknown: auto_rollback_configuration.events = (known after apply)",
    ],
  ],
  "ecs-deployment-keeps-capacity": [
    ["holds where the default stands", service({}), "holds"],
    [
      "is broken where half may go",
      service({ deployment_minimum_healthy_percent: 50 }),
      "broken: deployment_minimum_healthy_percent = 50",
    ],
    [
      "is undecided where it is open",
      service({ deployment_minimum_healthy_percent: new Unknown() }),
      "unknown: deployment_minimum_healthy_percent = (known after apply)",
    ],
  ],
});
