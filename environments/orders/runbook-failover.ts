/** Steps from the outage of production's region to the first client in the region of the standby. */
import { describeCopies, type RunbookNames, type Step, WRITE_TREE } from "../common/runbook-steps";

export function failover({ here, there, domain, source, restoreTime }: RunbookNames): Step[] {
  const file = `environments/orders/${here.name}.ts`;
  return [
    {
      name: "Find the cause",
      text: `The region and not a deployment is the cause if \`https://${there.region}.${domain}/serving\` does not answer, alarms of ${there.full} are in state ALARM,
and the AWS Health Dashboard reports an event in ${there.region}. Roll a bad deployment back instead.`,
    },
    {
      name: "Decide",
      text: `Two people decide together. The restored database misses the orders that ${there.region} accepted after the last copied backup.
They stay in \`${source}\`.`,
    },
    {
      name: "See what can be restored",
      text: "`RestoreWindow.LatestTime` is the latest time that the copies contain.",
      commands: [describeCopies(here.region, source)],
    },
    {
      name: "Promote the standby",
      text: `In \`${file}\`. A \`time\` of null is the latest time. If data was damaged, set a time in UTC before the damage, such as
"2026-01-31T12:00:00Z". If \`${here.full}-restored\` exists from an earlier failover, use another suffix in both places.`,
      change: {
        from: ["  serving: false,", "    restored: {},", "    inUse: null,"],
        to: ["  serving: true,", "    restored: { restored: { time: null } },", '    inUse: "restored",'],
      },
    },
    { name: "Write the tree", ...WRITE_TREE },
    {
      name: "Look at the plan",
      text: `\`-refresh=false\` plans from the state in ${here.region}, because IAM and Route 53 may be down. The plan adds
\`module.database_restored\`, its alarms, and a new revision of each task definition. It raises the minimum of both services. The
2 resources to destroy are the former revisions: they stay registered in ECS. Stop if the plan contains any other change.`,
      commands: [`npx groundplan plan orders/${here.name} -- -refresh=false`],
    },
    {
      name: "Have the change approved",
      text: "Open a pull request, have it approved and merge it. Cancel the run of `apply` that the merge starts: its plan reads IAM and Route 53.",
    },
    {
      name: "Apply the promotion",
      text: `Start the workflow \`apply\` by hand with the latest commit of \`main\`, the root \`orders/${here.name}\`, and without \`refresh\`. Approve it
in \`approve-security\`, because the plan adds a subnet group and uses a key, and in \`${here.full}\`. The restore takes
${restoreTime} at most.`,
    },
    {
      name: "Deploy the services",
      text: `Call the workflow \`service\` for \`${here.full}-api\` and \`${here.full}-worker\` with the digest that they run, which is the last digest
that production deployed. The new tasks have the address of \`${here.full}-restored\` and \`SERVING\` is \`yes\`.`,
    },
    {
      name: "See the clients arrive",
      text: `Route 53 resolves \`${domain}\` to ${here.region} after three responses with \`serving: yes\` from
\`https://${here.region}.${domain}/serving\`. \`dig ${domain}\` shows its addresses, and \`https://${domain}/ready\` answers. From now on the clients stay in
${here.region}, even when ${there.region} answers again: production's health check fails while ${here.region} serves.`,
    },
    {
      name: "Finish the restored database",
      text: `A restore does not accept every setting. The plan only changes \`module.database_restored.aws_db_instance.this\` in place: it turns on
Performance Insights with its key, and sets the windows and the certificate authority if RDS chose others. Apply it with the workflow
\`apply\`, without \`refresh\` if IAM is still down, and approve it in \`approve-security\` and \`${here.full}\`. The plan after that is empty.`,
      commands: [`npx groundplan plan orders/${here.name}`],
    },
    {
      name: "Send waiting orders again",
      text: `Let the API send unprocessed orders from the database to the queue again. The queue of ${there.region} had them. As always with
SQS, the worker can receive an order twice.`,
    },
  ];
}
