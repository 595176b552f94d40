/** Permissions of an account's operators: the manual steps in its runbooks and after its alarms. */
import type { Application } from "../common/application";

interface Operation {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export function operations(accountId: string, applications: readonly Application[]): Record<string, Operation> {
  const each = (service: string, what: (application: Application) => readonly string[]) =>
    applications.flatMap((application) =>
      what(application).map((resource) => `arn:aws:${service}:${application.region}:${accountId}:${resource}`),
    );
  const all: Record<string, Operation> = {
    PutSecrets: {
      actions: ["secretsmanager:PutSecretValue"],
      resources: each("secretsmanager", ({ cluster }) => [`secret:${cluster}/*`]),
    },
    MakeSnapshots: {
      actions: ["rds:AddTagsToResource", "rds:CreateDBSnapshot"],
      resources: each("rds", ({ database }) => [`db:${database}`, `db:${database}-*`, `snapshot:${database}-*`]),
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
      resources: applications.some(isShifted) ? ["*"] : [],
    },
  };
  return Object.fromEntries(Object.entries(all).filter(([, { resources }]) => resources.length > 0));
}

function isShifted({ services }: Application): boolean {
  return services.some(({ deployedBy }) => deployedBy === "codedeploy");
}
