/** How a standby comes to be. Each root finds what it needs, because the account is applied first and the standby last. */
import { describeCopies, type RunbookNames, type Step, WRITE_TREE } from "./runbook-steps";

export function settingUp({ here, there, source }: RunbookNames): Step[] {
  const file = `environments/orders/${here.name}.ts`;
  const secret = `${there.full}/database-application`;
  return [
    {
      name: "Apply the account and production",
      text: `The workflow \`apply\` applies the account's root first. It makes the key of the copied secrets in ${here.region}. Then it applies
\`orders/${there.name}\`. A secret whose copy fails ends the apply with an error.`,
    },
    {
      name: "Put in the secret",
      text: `An administrator puts username and password of the application's database user into \`${secret}\` in
${there.region}. Secrets Manager copies the value.`,
    },
    {
      name: "Read the ARN of the copied secret",
      text: "Secrets Manager makes up the last six characters of the ARN. They are the same in both regions.",
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
backups of \`${there.full}\`. Do this before the first image is pushed. ECR otherwise makes the repositories in ${here.region}
itself, with tags that move, and the apply fails because they exist.`,
    },
    {
      name: "Deploy both environments",
      text: `The application's repository calls the workflow \`service\` twice for each service: for \`${there.full}\`, and then for
\`${here.full}\` in ${here.region} with the first call's output \`digest\` as input. So each deployment of production also reaches
the standby, and the image is there when it is needed.`,
    },
    {
      name: "See the copies",
      text: "RDS reports the status `replicating` and a `RestoreWindow` once the first backup is copied.",
      commands: [describeCopies(here.region, source)],
    },
  ];
}
