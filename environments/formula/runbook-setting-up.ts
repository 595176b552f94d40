/**
 * Steps that create a standby. The account is applied first and the standby last, so that each root finds what it
 * needs.
 */
import { describeCopies, type Step, WRITE_TREE } from "../common/runbook-steps";
import type { FormulaRunbook } from "./runbook-names";

export function settingUp({ here, there, source, zoneId }: FormulaRunbook): Step[] {
  const file = `environments/formula/${here.name}.ts`;
  const secret = `${there.full}/database-application`;
  return [
    {
      name: "Apply the account and production",
      text: `The workflow \`apply\` applies the account's root first. This creates the key of the copied secrets and the bucket of archives in
${here.region}. Then it applies \`formula/${there.name}\` with the switch, whose health check is healthy until people declare a failover.`,
    },
    {
      name: "Keep changes of DNS possible",
      text: `An administrator enables accelerated recovery of the hosted zone, which works only before an outage: \`aws route53
update-hosted-zone-features --hosted-zone-id ${zoneId} --enable-accelerated-recovery\`. Route 53 then accepts changes of records again at most
an hour after us-east-1 failed. No step of the failover needs it.`,
    },
    {
      name: "Put in the secret",
      text: `An operator sets username and password of the service's database user in \`${secret}\` in
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
      text: `In \`${file}\`. \`<suffix>\` stands for the last six characters of the ARN. Set \`firstArchive\` as well, to the version of the archive that was
uploaded to the bucket of ${here.region}.`,
      change: {
        from: ['    databaseSecretSuffix: "AbCdEf",'],
        to: ['    databaseSecretSuffix: "<suffix>",'],
      },
    },
    { name: "Write the tree", ...WRITE_TREE },
    {
      name: "Apply the standby",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` applies \`formula/${here.name}\`: RDS begins to copy the
backups of \`${there.full}\`. Do this before the first image is pushed. Otherwise ECR creates the repositories in ${here.region}
with mutable tags, and the apply fails because they exist.`,
    },
    {
      name: "Connect the networks",
      text: `The workflow \`apply\` applies \`formula/${there.name}/peering\`, which connects the networks of both regions. Security groups admit the tasks of
each region to the database of the other one, and nothing else.`,
    },
    {
      name: "Deploy both environments",
      text: `The application's repository deploys each release to \`${there.full}\`, and then to \`${here.full}\` in ${here.region} with the same digest and the
same archive. So the standby always runs the version of production.`,
    },
    {
      name: "See the copies",
      text: "RDS reports the status `replicating` and a `RestoreWindow` once the first backup is copied.",
      commands: [describeCopies(here.region, source)],
    },
  ];
}
