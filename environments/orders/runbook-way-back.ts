/**
 * Steps back to production's region, with the orders that the standby accepted. No apply in these steps deletes an
 * instance.
 */
import { describeCopies, type RunbookNames, type Step, WRITE_TREE } from "../common/runbook-steps";
import { copyNewInstance, removeOldInstance } from "../common/runbook-way-back";
import { SYSTEM } from "./context";

export function wayBack(names: RunbookNames): Step[] {
  return [...copyBack(names), ...restoreThere(names), ...standByAgain(names)];
}

function copyBack({ here, there }: RunbookNames): Step[] {
  const production = `environments/orders/${there.name}.ts`;
  return [
    {
      name: "Copy the backups back",
      text: `In \`${production}\`, once ${there.region} answers. Clients stay in ${here.region}, because production's health check fails while
${here.region} serves. \`serving: false\` also stops production's worker, whose database is out of date.`,
      change: {
        from: ["  serving: true,", "    copies: null,"],
        to: ["  serving: false,", `    copies: { instance: "${here.full}-restored", region: "${here.region}" },`],
      },
    },
    { name: "Write the tree with the copies", ...WRITE_TREE },
    {
      name: "Apply production with the copies",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` adds \`module.backup_replication\` to \`orders/${there.name}\`. Then
call the workflow \`service\` for \`${there.full}-api\` and \`${there.full}-worker\` with the digest that they run.`,
    },
    {
      name: "Wait for the first backup",
      text: "Continue when the status is `replicating` and a `RestoreWindow` exists.",
      commands: [describeCopies(there.region, `${here.full}-restored`)],
    },
  ];
}

function restoreThere({ here, there, domain, restoreTime }: RunbookNames): Step[] {
  const [standby, production] = [here, there].map(({ name }) => `environments/orders/${name}.ts`);
  return [
    {
      name: "Stop taking orders",
      text: `In \`${standby}\`, at a time that was announced to clients. From its deployment on, both regions refuse clients until production serves
again, which takes at most ${restoreTime} and the time of two deployments.`,
      change: { from: ["  serving: true,"], to: ["  serving: false,"] },
    },
    { name: "Write the tree of the stop", ...WRITE_TREE },
    {
      name: "Apply and deploy the stop",
      text: `Open a pull request, have it approved and merge it. The workflow \`apply\` creates a new revision of each task definition of
\`orders/${here.name}\`. Then call the workflow \`service\` for \`${here.full}-api\` and \`${here.full}-worker\` with the digest that they run,
and note when the last old task stopped.`,
    },
    {
      name: "Wait for the last order",
      text: "Continue when `RestoreWindow.LatestTime` is later than the time that you noted: then every order is copied.",
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
      text: `Open a pull request, have it approved and merge it. The plan of \`orders/${there.name}\` adds \`module.database_restored\` and a new revision of
each task definition, and its alarms watch the new instance. The 2 resources to destroy are the former revisions, which stay
registered in ECS. Approve it in \`approve-security\` and \`${there.full}\`. Then call the workflow \`service\` for \`${there.full}-api\` and
\`${there.full}-worker\` with the digest that they run. Route 53 then resolves \`${domain}\` to ${there.region} again.`,
    },
    {
      name: "Finish the database of production",
      text: `A restore does not accept every setting. The plan only changes \`module.database_restored.aws_db_instance.this\` in place: it turns on
Performance Insights with its key, and sets the windows and the certificate authority if RDS chose others. Apply it with the workflow
\`apply\`, and approve it in \`approve-security\` and \`${there.full}\`.`,
      commands: [`npx groundplan plan orders/${there.name}`],
    },
    {
      name: "Send waiting orders again",
      text: `Let the API of production send unprocessed orders from the database to the queue again. The queue of ${here.region} had them.`,
    },
  ];
}

function standByAgain(names: RunbookNames): Step[] {
  const { here, there, source } = names;
  return [
    ...copyNewInstance(SYSTEM, names),
    {
      name: "Apply both environments",
      text: `Open a pull request, have it approved and merge it. The plans end the former copying. RDS keeps the copied backups for their
retention. The plans destroy no instance. Approve them in \`approve-data\`, because copying ends, in \`approve-security\`, because the
plan removes the standby's alarms on a database, and in both environments. Then call the workflow \`service\` for \`${here.full}-api\` and
\`${here.full}-worker\` with the digest that they run.`,
    },
    {
      name: "Compare the orders",
      text: `\`${source}\` has the orders that were accepted after the last copied backup, and \`${here.full}-restored\` those of the failover. Copy
missing orders into \`${there.full}-restored\`. Keep both instances until two people have agreed that nothing is missing.`,
    },
    ...removeOldInstance(SYSTEM, names),
    {
      name: "Write down the times",
      text: "Note how long each step took, and correct the figures in `environments/orders/recovery.ts`.",
    },
  ];
}
