/**
 * Steps that create a standby. The account is applied first and the standby last, so that each root finds what it
 * needs.
 */
import { describeCopies, type RunbookNames, type Step, WRITE_TREE } from "../common/runbook-steps";

export function settingUp({ here, there, source }: RunbookNames): Step[] {
  const file = `environments/orders/${here.name}.ts`;
  const secret = `${there.full}/database-application`;
  return [
    {
      name: "Apply the account and production",
      text: `The workflow \`apply\` applies the account's root first. This creates the key of the copied secrets in ${here.region}. Then it applies
\`orders/${there.name}\`. The apply fails if Secrets Manager cannot copy a secret.`,
    },
    {
      name: "Put in the secret",
      text: `An operator sets username and password of the application's database user in \`${secret}\` in
${there.region}. Secrets Manager copies the value.`,
    },
    {
      name: "Read the ARN of the copied secret",
      text: "Secrets Manager generates the last six characters of the ARN. They are the same in both regions.",
      commands: [
        `aws secretsmanager describe-secret --region ${here.region} --secret-id ${secret} --query ARN --output text`,
      ],
    },
    {
      name: "Name the copied secret",
      text: `In \`${file}\`. \`<suffix>\` stands for the last six characters of the ARN.`,
      change: {
        from: ['    databaseSecretSuffix: "AbCdEf",'],
        to: ['    databaseSecretSuffix: "<suffix>",'],
      },
    },
    { name: "Write the tree", ...WRITE_TREE },
    {
      name: "Apply the standby",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` applies \`orders/${here.name}\`: RDS begins to copy the
backups of \`${there.full}\`. Do this before the first image is pushed. Otherwise ECR creates the repositories in ${here.region}
with mutable tags, and the apply fails because they exist.`,
    },
    {
      name: "Deploy both environments",
      text: `The application's repository calls the workflow \`service\` twice for each service: for \`${there.full}\`, and then for
\`${here.full}\` in ${here.region} with the first call's output \`digest\` as input. So the standby always runs the
version of production.`,
    },
    {
      name: "See the copies",
      text: "RDS reports the status `replicating` and a `RestoreWindow` once the first backup is copied.",
      commands: [describeCopies(here.region, source)],
    },
  ];
}
