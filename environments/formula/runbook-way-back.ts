/**
 * Steps back to production's region, with the changes that the standby accepted. No apply in these steps deletes an
 * instance.
 */
import { describeCopies, type Step, WRITE_TREE } from "../common/runbook-steps";
import { declare, type FormulaRunbook, showSwitch } from "./runbook-names";
import { createUsers } from "./runbook-users";

export function wayBack(names: FormulaRunbook): Step[] {
  return [...copyBack(names), ...restoreThere(names), ...endFailover(names), ...standByAgain(names)];
}

function copyBack({ here, there }: FormulaRunbook): Step[] {
  const production = `environments/formula/${there.name}.ts`;
  return [
    {
      name: "Copy the backups back",
      text: `In \`${production}\`, once ${there.region} answers. Users stay in ${here.region}, because the failover is declared. \`serving: false\` closes
production's service as well, whose database is out of date.`,
      change: {
        from: ["  serving: true,", "    copies: null,"],
        to: ["  serving: false,", `    copies: { instance: "${here.full}-restored", region: "${here.region}" },`],
      },
    },
    { name: "Write the tree with the copies", ...WRITE_TREE },
    {
      name: "Apply production with the copies",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` adds \`module.backup_replication\` to \`formula/${there.name}\`. Then
call the workflow \`service\` for both colours of \`${there.full}-api\` with the digest that they run.`,
    },
    {
      name: "Wait for the first backup",
      text: "Continue when the status is `replicating` and a `RestoreWindow` exists.",
      commands: [describeCopies(there.region, `${here.full}-restored`)],
    },
  ];
}

function restoreThere({ here, there, restoreTime }: FormulaRunbook): Step[] {
  const [standby, production] = [here, there].map(({ name }) => `environments/formula/${name}.ts`);
  return [
    {
      name: "Stop taking changes",
      text: `In \`${standby}\`, at a time that was announced to users. From its deployment on, both regions refuse them until production serves
again, which takes at most ${restoreTime} and the time of two deployments.`,
      change: { from: ["  serving: true,"], to: ["  serving: false,"] },
    },
    { name: "Write the tree of the stop", ...WRITE_TREE },
    {
      name: "Apply and deploy the stop",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` creates a new revision of the service's task
definition in \`formula/${here.name}\`, lowers the minimum of the service and removes the warm instances of the function. Then call the workflow \`service\` for \`${here.full}-api-blue\` with the digest that it runs, and note when the last old task stopped.`,
    },
    {
      name: "Wait for the last change",
      text: "Continue when `RestoreWindow.LatestTime` is later than the time that you noted: then every change is copied.",
      commands: [describeCopies(there.region, `${here.full}-restored`)],
    },
    {
      name: "Restore in production",
      text: `In \`${production}\`. \`${there.full}\` stays unchanged, beside the new instance \`${there.full}-restored\`.`,
      change: {
        from: ["  serving: false,", "    restored: {},", '    inUse: "own",'],
        to: ["  serving: true,", "    restored: { restored: { time: null } },", '    inUse: "restored",'],
      },
    },
    { name: "Write the tree of the restore", ...WRITE_TREE },
    {
      name: "Apply and deploy the restore",
      text: `Open a pull request, have it approved and merge it. The plan of \`formula/${there.name}\` adds \`module.database_restored\`. It
replaces the task definitions of both colours, the erasure, the migrations and the roles of the database. The 5 resources to destroy are
the former revisions, which stay registered in ECS. Alarms, the dashboard and the snapshots for masking follow the new instance.
Approve it in \`approve-security\` and \`${there.full}\`. Then call the workflow \`service\` for both colours of
\`${there.full}-api\` with the digest that they run.`,
    },
    {
      name: "Finish the database of production",
      text: `A restore does not accept every setting. The plan only changes \`module.database_restored.aws_db_instance.this\` in place: it turns on
Performance Insights with its key, and sets the windows and the certificate authority if RDS chose others. Apply it with the workflow
\`apply\`, and approve it in \`approve-security\` and \`${there.full}\`.`,
      commands: [`npx groundplan plan formula/${there.name}`],
    },
  ];
}

function endFailover(names: FormulaRunbook): Step[] {
  const { here, there, domain } = names;
  return [
    ...createUsers(here, there, `Users who signed up in ${here.region} are not in the pool of ${there.region} yet.`),
    {
      name: "End the failover",
      text: `When \`https://origin.${domain.replace("api.", "")}/health\` answers and a test user can work. Users leave the standby with this command alone.`,
      commands: [declare(names, 0)],
    },
    {
      name: "See the users return",
      text: `The switch is in state OK after a minute, and Route 53 resolves \`${domain}\` to ${there.region}. Users sign in again, at the pool of
${there.region}.`,
      commands: [showSwitch(names)],
    },
  ];
}

function standByAgain({ here, there, source }: FormulaRunbook): Step[] {
  const [standby, production] = [here, there].map(({ name }) => `environments/formula/${name}.ts`);
  return [
    {
      name: "Copy the backups of the new instance",
      text: `In \`${standby}\`. Null stands for a restored instance that exists: Terraform keeps it, regardless of its source.`,
      change: {
        from: [
          `    copies: { instance: "${source}", region: "${there.region}" },`,
          "    restored: { restored: { time: null } },",
          '    inUse: "restored",',
        ],
        to: [
          `    copies: { instance: "${there.full}-restored", region: "${there.region}" },`,
          "    restored: { restored: null },",
          "    inUse: null,",
        ],
      },
    },
    {
      name: "End the copies of the way back",
      text: `In \`${production}\`.`,
      change: {
        from: [
          `    copies: { instance: "${here.full}-restored", region: "${here.region}" },`,
          "    restored: { restored: { time: null } },",
        ],
        to: ["    copies: null,", "    restored: { restored: null },"],
      },
    },
    { name: "Write the tree of the standby", ...WRITE_TREE },
    {
      name: "Apply both environments",
      text: `Open a pull request, have it approved and merge it. The plans end the former copying. RDS keeps the copied backups for their
retention. The plans destroy no instance. Approve them in \`approve-data\`, because copying ends, in \`approve-security\`, because the
plan removes the standby's alarms on a database, and in both environments. Then call the workflow \`service\` for
\`${here.full}-api-blue\` with the digest that it runs.`,
    },
    {
      name: "Compare the rows",
      text: `\`${source}\` has the changes that were accepted after the last copied backup, and \`${here.full}-restored\` those of the failover. A
task of ${there.region} reaches both over the peering connection. Copy missing rows into \`${there.full}-restored\`. Keep both instances until
two people have agreed that nothing is missing.`,
    },
    {
      name: "Take the old instance out of the state",
      text: `If the data no longer contains an instance, the next plan destroys it: \`prevent_destroy\` goes with the call. Then only the gate, which
requires a backup, and the deletion protection in RDS protect the instance. So an administrator first removes \`${here.full}-restored\` and
its log groups from the state, with credentials of the account.`,
      commands: [
        `terraform -chdir=terraform/environments/formula/${here.name} init -input=false -lockfile=readonly`,
        `terraform -chdir=terraform/environments/formula/${here.name} state rm module.database_restored`,
      ],
    },
    {
      name: "Take the old instance out of the data",
      text: `In \`${standby}\`.`,
      change: { from: ["    restored: { restored: null },"], to: ["    restored: {},"] },
    },
    { name: "Write the tree without the old instance", ...WRITE_TREE },
    {
      name: "Look at the last plan",
      text: "The plan changes nothing. If it destroys a resource, the instance is still in the state: do not merge.",
      commands: [`npx groundplan plan formula/${here.name}`],
    },
    {
      name: "Merge the last change",
      text: `Open a pull request, have it approved and merge it. When nobody needs \`${there.full}\`, remove it in the same way: remove \`module.database\`
from the state of \`formula/${there.name}\`, then set \`own: false\` in \`${production}\`.`,
    },
    {
      name: "Delete the old instance by hand",
      text: `Only when the two people have agreed. The final snapshot keeps its data, and the automated backups keep it for their retention. Without
this step the instance costs money, and the next failover needs another suffix for its name.`,
      commands: [
        `aws rds modify-db-instance --region ${here.region} --db-instance-identifier ${here.full}-restored --no-deletion-protection --apply-immediately`,
        `aws rds delete-db-instance --region ${here.region} --db-instance-identifier ${here.full}-restored --final-db-snapshot-identifier ${here.full}-restored-last --no-delete-automated-backups`,
      ],
    },
    {
      name: "Write down the times",
      text: "Note how long each step took, correct the figures in `environments/formula/recovery.ts`, and upload the notes to the bucket of the output `recovery_evidence`.",
    },
  ];
}
