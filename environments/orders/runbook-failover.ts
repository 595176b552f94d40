/** From the outage of production's region to the first client in the other one. */
import { describeCopies, type RunbookNames, type Step, WRITE_TREE } from "./runbook-steps";

export function failover({ here, there, domain, source, restoreTime }: RunbookNames): Step[] {
  const file = `environments/orders/${here.name}.ts`;
  return [
    {
      name: "Find the cause",
      text: `It is the region and not a deployment if \`https://${there.region}.${domain}/serving\` does not answer, alarms of ${there.full} are on,
and the AWS Health Dashboard reports an event in ${there.region}. Roll a bad deployment back instead.`,
    },
    {
      name: "Decide",
      text: `Two people decide together. What ${there.region} accepted after its last copied backup is not in the restored database.
It stays in \`${source}\`.`,
    },
    {
      name: "See what can be restored",
      text: "`RestoreWindow.LatestTime` is the latest time that the copies contain.",
      commands: [describeCopies(here.region, source)],
    },
    {
      name: "Promote the standby",
      text: `In \`${file}\`. A \`time\` of null is the latest; if data was damaged, write a time in UTC before that, such as
"2026-01-31T12:00:00Z". If \`${here.full}-restored\` exists from an earlier failover, use another ending in both places.`,
      change: {
        from: ["  serving: false,", "    restored: {},", "    inUse: null,"],
        to: ["  serving: true,", "    restored: { restored: { time: null } },", '    inUse: "restored",'],
      },
    },
    { name: "Write the tree", ...WRITE_TREE },
    {
      name: "Look at the plan",
      text: `\`-refresh=false\` plans from the state in ${here.region}, because IAM and Route 53 may not answer. The plan adds
\`module.database_restored\`, its alarms, and a new revision of each task definition. It raises the minimum of both services. The
2 resources to destroy are the former revisions: Terraform only forgets them, and they stay registered in ECS. Stop if the plan
contains anything else.`,
      commands: [`npx groundplan plan orders/${here.name} -- -refresh=false`],
    },
    {
      name: "Have the change approved",
      text: "Open a pull request, have it approved and merge it. Cancel the run of `apply` that the merge starts: its plan reads IAM and Route 53.",
    },
    {
      name: "Apply the promotion",
      text: `Start the workflow \`apply\` by hand with the commit that \`main\` is at, the root \`orders/${here.name}\`, and without \`refresh\`. Approve it
in \`approve-security\`, because a database adds a subnet group and uses a key, and in \`${here.full}\`. The restore takes
${restoreTime} at most.`,
    },
    {
      name: "Deploy the services",
      text: `Call the workflow \`service\` for \`${here.full}-api\` and \`${here.full}-worker\` with the digest that they run already, which is the one
that production deployed last. The new tasks have the address of \`${here.full}-restored\` and \`SERVING\` is \`yes\`.`,
    },
    {
      name: "See the clients arrive",
      text: `Route 53 answers \`${domain}\` from ${here.region} once three requests to \`https://${here.region}.${domain}/serving\` were answered with
\`serving: yes\`. \`dig ${domain}\` shows its addresses, and \`https://${domain}/ready\` answers. From now on the clients stay here,
also when ${there.region} answers again: production's health check fails as long as ${here.region} serves.`,
    },
    {
      name: "Finish the restored database",
      text: `RDS does not take every setting with a restore. The plan changes \`module.database_restored.aws_db_instance.this\` in place and nothing
else: it turns on Performance Insights with its key, and sets the windows and the certificate authority where RDS chose others. Apply it with the workflow \`apply\`, without \`refresh\` if IAM does not answer
yet, and approve it in \`approve-security\` and \`${here.full}\`. The plan after that is empty.`,
      commands: [`npx groundplan plan orders/${here.name}`],
    },
    {
      name: "Send waiting orders again",
      text: `Have the API send the orders again that are in the database and were not worked on: the queue of ${there.region} had them. As always with
SQS, the worker can receive an order twice.`,
    },
  ];
}
