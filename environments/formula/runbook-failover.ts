/** Steps from the outage of production's region to the first user in the region of the standby. */
import { describeCopies, type Step, WRITE_TREE } from "../common/runbook-steps";
import { declare, type FormulaRunbook, showSwitch } from "./runbook-names";
import { createUsers } from "./runbook-users";

export function failover(names: FormulaRunbook): Step[] {
  const { here, there, domain, source, restoreTime } = names;
  const file = `environments/formula/${here.name}.ts`;
  return [
    {
      name: "Find the cause",
      text: `The region and not a release is the cause if \`https://${domain}/health\` does not answer, alarms of ${there.full} are in state ALARM, and the
AWS Health Dashboard reports an event in ${there.region}. Switch a bad release back instead.`,
    },
    {
      name: "Decide",
      text: `Two people decide together that this is a disaster. The restored database misses the changes that ${there.region} accepted after the last
copied backup. They stay in \`${source}\`.`,
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
\`module.database_restored\`, its alarms, and warm instances of the function. It changes the dashboard, raises the minimum of the service, and
replaces the task definitions of the service and of the erasure. The 2 resources to destroy are the former revisions: they stay registered
in ECS. Stop if the plan contains any other change.`,
      commands: [`npx groundplan plan formula/${here.name} -- -refresh=false`],
    },
    {
      name: "Have the change approved",
      text: "Open a pull request, have it approved and merge it. Cancel the run of `apply` that the merge starts: its plan reads IAM and Route 53.",
    },
    {
      name: "Apply the promotion",
      text: `Start the workflow \`apply\` by hand with the latest commit of \`main\`, the root \`formula/${here.name}\`, and without \`refresh\`. Approve it
in \`approve-security\`, because the plan adds a subnet group and uses a key, and in \`${here.full}\`. The restore takes
${restoreTime} at most.`,
    },
    {
      name: "Deploy the service",
      text: `Call the workflow \`service\` for \`${here.full}-api-blue\` with the digest that it runs, which is the last digest that production deployed. The
new tasks have the address of \`${here.full}-restored\` and \`SERVING\` is \`yes\`. \`https://blue.dr.${domain.replace("api.", "")}/health\` answers.`,
    },
    {
      name: "Declare the failover",
      text: "Users leave production with this command alone. The last value holds: nobody has to repeat it.",
      commands: [declare(names, 1)],
    },
    {
      name: "See the users arrive",
      text: `The switch is in state ALARM after a minute, and Route 53 resolves \`${domain}\` to ${here.region}: \`dig ${domain}\` shows other addresses. Users
stay in ${here.region} when ${there.region} answers again, until people end the failover.`,
      commands: [showSwitch(names)],
    },
    ...createUsers(
      there,
      here,
      `If Cognito still answers in ${there.region}. Otherwise skip this step and the next one: users with a password sign up again.`,
    ),
    {
      name: "Finish the restored database",
      text: `A restore does not accept every setting. The plan only changes \`module.database_restored.aws_db_instance.this\` in place: it turns on
Performance Insights with its key, and sets the windows and the certificate authority if RDS chose others. Apply it with the workflow
\`apply\`, without \`refresh\` if IAM is still down, and approve it in \`approve-security\` and \`${here.full}\`. The plan after that is empty.
Set \`multiAz: true\` in the same change if the outage lasts.`,
      commands: [`npx groundplan plan formula/${here.name}`],
    },
  ];
}
