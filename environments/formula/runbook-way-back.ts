/**
 * Steps back to production's region, with the changes that the standby accepted. No apply in these steps deletes an
 * instance.
 */
import { describeCopies, type Step, WRITE_TREE } from "../common/runbook-steps";
import { copyNewInstance, removeOldInstance } from "../common/runbook-way-back";
import { SYSTEM } from "./context";
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

function standByAgain(names: FormulaRunbook): Step[] {
  const { here, there, source } = names;
  return [
    ...copyNewInstance(SYSTEM, names),
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
    ...removeOldInstance(SYSTEM, names),
    {
      name: "Write down the times",
      text: "Note how long each step took, correct the figures in `environments/formula/recovery.ts`, and upload the notes to the bucket of the output `recovery_evidence`.",
    },
  ];
}
