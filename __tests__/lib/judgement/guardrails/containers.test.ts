import { CONTAINERS } from "../../../../lib/judgement/guardrails/containers";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";
import { SECRETS_IN_CONTAINERS } from "./secret-cases";

type Values = { readonly [name: string]: HclValue };

const task = (values: Values) => [resourceOf("aws_ecs_task_definition", values)];
/** As in the source: some parts are unknown. */
const container = (values: Values) => task({ container_definitions: new EncodedJson([{ name: "app", ...values }]) });
const drop = { drop: ["ALL"] };
const repository = new Reference('module.images.aws_ecr_repository.this["app"]', "repository_url");
const variable = (name: HclValue, value: HclValue) => container({ environment: [{ name, value }] });
const key = `AKIA${"A".repeat(16)}`;

const job = (values: Values) => [
  resourceOf("aws_batch_job_definition", { container_properties: new EncodedJson(values) }),
];
proveRows(CONTAINERS, {
  "container-not-privileged": [
    ["holds for a job without", job({ privileged: false }), "holds"],
    ["is broken by a job", job({ privileged: true }), "broken: container_properties.privileged = true"],
    ["holds if it is not", container({ privileged: false }), "holds"],
    ["holds if nothing is set", container({}), "holds"],
    ["is broken if it is", container({ privileged: true }), "broken: app: privileged = true"],
    [
      "is broken if the second container is, and has no name",
      task({ container_definitions: JSON.stringify([{ name: "app" }, { privileged: true }]) }),
      "broken: container 2: privileged = true",
    ],
    [
      "is unknown if all containers are unknown",
      task({ container_definitions: new Unknown() }),
      "unknown: container_definitions = (known after apply)",
    ],
    [
      "is unknown if one container is unknown",
      task({ container_definitions: new EncodedJson([new Unknown()]) }),
      "unknown: container_definitions[0] = (known after apply)",
    ],
    ["is broken if there is none", task({}), "broken: container_definitions = null"],
  ],
  "container-read-only": [
    ["holds if it is", container({ readonlyRootFilesystem: true }), "holds"],
    ["is broken if nothing is set", container({}), "broken: app: readonlyRootFilesystem = null"],
    [
      "is unknown if it is unknown",
      container({ readonlyRootFilesystem: new Unknown() }),
      "unknown: app: readonlyRootFilesystem = (known after apply)",
    ],
  ],
  "container-not-root": [
    ["holds with a user", container({ user: "1000:1000" }), "holds"],
    ["is broken if none is set", container({}), "broken: app: user = null"],
    ...["0", "root", "0:0", "root:root", "0:1000", ""].map(
      (user): Case => [`is broken where the user is "${user}"`, container({ user }), `broken: app: user = "${user}"`],
    ),
    ["is unknown if it is unknown", container({ user: new Unknown() }), "unknown: app: user = (known after apply)"],
  ],
  "container-capabilities": [
    ["holds if all are dropped", container({ linuxParameters: { capabilities: drop } }), "holds"],
    [
      "holds with the capability for low ports",
      container({ linuxParameters: { capabilities: { ...drop, add: ["NET_BIND_SERVICE"] } } }),
      "holds",
    ],
    ["is broken if the backups are kept", container({}), "broken: app: linuxParameters.capabilities.drop = null"],
    [
      "is broken if one is added",
      container({ linuxParameters: { capabilities: { ...drop, add: ["SYS_PTRACE"] } } }),
      'broken: app: linuxParameters.capabilities.add = ["SYS_PTRACE"]',
    ],
    [
      "is unknown if they are unknown",
      container({ linuxParameters: new Unknown() }),
      "unknown: app: linuxParameters.capabilities.drop = (known after apply)",
    ],
  ],
  "container-no-secrets": [
    ["holds if it has no environment", container({}), "holds"],
    ["holds for the address of the database", variable("DATABASE_HOST", repository), "holds"],
    [
      "is broken if a name is that of a secret",
      variable("DB_PASSWORD", repository),
      "broken: app: environment DB_PASSWORD",
    ],
    [
      "is broken if a value looks like a secret",
      variable("UPLOADER", key),
      "broken: app: environment UPLOADER with a secret's value",
    ],
    [
      "is broken if a part of a value looks like a secret",
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
      "holds if secrets are named",
      container({
        secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:x" }],
        logConfiguration: { secretOptions: [{ name: "splunk-token", valueFrom: "arn:aws:ssm:x" }] },
        command: ["run", "--password", "$DB_PASSWORD", "--token=$TOKEN"],
      }),
      "holds",
    ],
    [
      "is unknown if the password in a connection string is known only after the apply",
      variable("DATABASE_URL", new PartialText(["postgres://app:", new Unknown(), "@db/app"])),
      "unknown: app: environment DATABASE_URL holds a URL with a password that is not known",
    ],
    ["is unknown if a value is unknown", variable("UPLOADER", new Unknown()), "unknown: app: environment UPLOADER"],
    [
      "is unknown if all of it is unknown",
      container({ environment: new Unknown() }),
      "unknown: app: environment (known after apply)",
    ],
  ],
  "container-logs": [
    ["holds if they go to CloudWatch", container({ logConfiguration: { logDriver: "awslogs" } }), "holds"],
    ["is broken without a log driver", container({}), "broken: app: logConfiguration.logDriver = null"],
    [
      "is unknown if it is unknown",
      container({ logConfiguration: new Unknown() }),
      "unknown: app: logConfiguration.logDriver = (known after apply)",
    ],
  ],
  "container-image-pinned": [
    [
      "holds if a repository of the root has a tag",
      container({ image: new PartialText([repository, ":initial"]) }),
      "holds",
    ],
    [
      "holds if the registry is ECR",
      container({ image: "111111111111.dkr.ecr.us-east-1.amazonaws.com/app:1.4.2" }),
      "holds",
    ],
    [
      "holds if a digest is given",
      container({ image: `111111111111.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${"0".repeat(64)}` }),
      "holds",
    ],
    [
      "is broken if the tag is latest",
      container({ image: new PartialText([repository, ":latest"]) }),
      'broken: app: image = "${module.images.aws_ecr_repository.this["app"].repository_url}:latest"',
    ],
    [
      "is broken if there is no tag",
      container({ image: repository }),
      'broken: app: image = ${module.images.aws_ecr_repository.this["app"].repository_url}',
    ],
    [
      "is broken if the registry has a port and the image no tag",
      container({ image: "localhost:5000/app" }),
      'broken: app: image = "localhost:5000/app"',
    ],
    ["is broken for another registry", container({ image: "nginx:1.27" }), 'broken: app: image = "nginx:1.27"'],
    [
      "is broken for another registry with an unknown name",
      container({ image: new PartialText(["docker.io/", new Unknown(), ":1"]) }),
      'broken: app: image = "docker.io/(known after apply):1"',
    ],
    ["is broken if it is missing", container({}), "broken: app: image = null"],
    [
      "is unknown if the tag is unknown",
      container({ image: new PartialText([repository, ":", new Unknown()]) }),
      'unknown: app: image = "${module.images.aws_ecr_repository.this["app"].repository_url}:(known after apply)"',
    ],
    [
      "is unknown if the repository is unknown",
      container({ image: new PartialText([new Unknown(), ":1.4.2"]) }),
      'unknown: app: image = "(known after apply):1.4.2"',
    ],
  ],
  "task-apart-from-host": [
    ["holds if it has its own network", task({ network_mode: "awsvpc", volume: [{ name: "tmp" }] }), "holds"],
    ["is broken if it shares the network", task({ network_mode: "host" }), 'broken: network_mode = "host"'],
    ["is broken if it sees processes", task({ pid_mode: "host" }), 'broken: pid_mode = "host"'],
    ["is broken if it shares memory", task({ ipc_mode: "host" }), 'broken: ipc_mode = "host"'],
    ["is broken if it reads files", task({ volume: [{ host_path: "/" }] }), 'broken: volume.host_path = "/"'],
    [
      "is unknown if it is unknown",
      task({ network_mode: new Unknown() }),
      "unknown: network_mode = (known after apply)",
    ],
  ],
});
