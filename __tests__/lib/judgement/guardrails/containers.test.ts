import { CONTAINERS } from "../../../../lib/judgement/guardrails/containers";
import { EncodedJson, PartialText, Reference, Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";
import { SECRETS_IN_CONTAINERS } from "./secret-cases";

type Values = { readonly [name: string]: Value };

const task = (values: Values) => [resourceOf("aws_ecs_task_definition", values)];
/** As the source has it: parts are unknown. */
const container = (values: Values) => task({ container_definitions: new EncodedJson([{ name: "app", ...values }]) });
const drop = { drop: ["ALL"] };
const repository = new Reference('module.images.aws_ecr_repository.this["app"]', "repository_url");
const variable = (name: Value, value: Value) => container({ environment: [{ name, value }] });
const key = `AKIA${"A".repeat(16)}`;

const job = (values: Values) => [
  resourceOf("aws_batch_job_definition", { container_properties: new EncodedJson(values) }),
];
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
});
