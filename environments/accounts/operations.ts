/** Permissions of an account's operators: the manual steps in its runbooks and after its alarms. */
import type { Application, ClusterEnvironment, ComponentEnvironment, SplitEnvironment } from "../common/application";

interface Operation {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The resources of an environment that operators work on. */
interface Operated {
  readonly region: string;
  /** First part of the secrets' names. */
  readonly secrets: string;
  readonly database: { readonly name: string; readonly kind: "instance" | "cluster" };
  readonly queues: readonly string[];
  /** Whether CodeDeploy shifts clients to new versions of its services. */
  readonly shifted: boolean;
}

export function operatedBy(
  applications: readonly Application[],
  clusters: readonly ClusterEnvironment[],
  components: readonly ComponentEnvironment[],
): readonly Operated[] {
  return [
    ...applications.map(({ region, cluster, database, queues, services }) => ({
      region,
      secrets: cluster,
      database: { name: database, kind: "instance" as const },
      queues,
      shifted: services.some(({ deployedBy }) => deployedBy === "codedeploy"),
    })),
    ...clusters.map((environment) => splitEnvironment(environment, "instance")),
    ...components.map((environment) => splitEnvironment(environment, "cluster")),
  ];
}

function splitEnvironment(
  { region, settings, database }: SplitEnvironment,
  kind: Operated["database"]["kind"],
): Operated {
  return { region, secrets: settings, database: { name: database, kind }, queues: [], shifted: false };
}

export function operations(accountId: string, operated: readonly Operated[]): Record<string, Operation> {
  const each = (service: string, what: (one: Operated) => readonly string[]) =>
    operated.flatMap((one) => what(one).map((resource) => `arn:aws:${service}:${one.region}:${accountId}:${resource}`));
  const all: Record<string, Operation> = {
    PutSecrets: {
      actions: ["secretsmanager:PutSecretValue"],
      resources: each("secretsmanager", ({ secrets }) => [`secret:${secrets}/*`]),
    },
    MakeSnapshots: {
      actions: ["rds:AddTagsToResource", "rds:CreateDBSnapshot"],
      resources: each("rds", ({ database: { name, kind } }) =>
        kind === "instance" ? [`db:${name}`, `db:${name}-*`, `snapshot:${name}-*`] : [],
      ),
    },
    MakeClusterSnapshots: {
      actions: ["rds:AddTagsToResource", "rds:CreateDBClusterSnapshot"],
      resources: each("rds", ({ database: { name, kind } }) =>
        kind === "cluster" ? [`cluster:${name}`, `cluster:${name}-*`, `cluster-snapshot:${name}-*`] : [],
      ),
    },
    MoveDeadLetters: {
      actions: [
        "sqs:CancelMessageMoveTask",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ListMessageMoveTasks",
        "sqs:ReceiveMessage",
        "sqs:StartMessageMoveTask",
      ],
      resources: each("sqs", ({ queues }) => queues.map((queue) => `${queue}-dead-letters`)),
    },
    SendDeadLettersBack: { actions: ["sqs:SendMessage"], resources: each("sqs", ({ queues }) => queues) },
    // These actions support no resource ARN.
    ConfirmDeployments: {
      actions: ["codedeploy:ContinueDeployment", "codedeploy:StopDeployment"],
      resources: operated.some(({ shifted }) => shifted) ? ["*"] : [],
    },
  };
  return Object.fromEntries(Object.entries(all).filter(([, { resources }]) => resources.length > 0));
}
