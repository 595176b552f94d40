/** The runbook of a standby: losses and times, and the steps that people follow, with the names that they meet. */
import type { RecoveryPlan } from "../../lib";
import { nameOf } from "./context";
import type { OrdersEnvironment, StandbyFor } from "./environment";
import { failover } from "./runbook-failover";
import { settingUp } from "./runbook-setting-up";
import { type RunbookNames, type Step, written } from "./runbook-steps";
import { wayBack } from "./runbook-way-back";

export function runbook(environment: OrdersEnvironment, primary: StandbyFor, recovery: RecoveryPlan): string {
  const { people } = environment.account;
  const arnOf = (role: string) => `arn:aws:iam::${environment.account.id}:role/${role}`;
  const names: RunbookNames = {
    here: { name: environment.name, full: nameOf(environment), region: environment.region },
    there: { name: primary.name, full: nameOf(primary), region: primary.region },
    domain: environment.domain,
    source: environment.database.copies?.instance ?? nameOf(primary),
    restoreTime: duration(recovery.stores.database?.recoveryTimeSeconds ?? 0),
  };
  const { here, there, domain } = names;
  return `# Orders: ${there.name} in ${there.region} fails

${here.full} in ${here.region} stands by for ${there.full}. It runs the same services at their minimum, has copies of images, secrets
and database backups, and no database. \`SERVING\` is \`no\`: the API answers \`/serving\` with \`serving: no\`, so that Route 53 does
not answer \`${domain}\` with it.

The promotion works while ${there.region} is down. It uses only ${here.region} and the health checks of Route 53. It changes nothing
in IAM and in Route 53, because their changes are made in us-east-1.

## Who

People take these roles on in the account for identities, with MFA, for an hour:

| role | for |
| --- | --- |
| \`${arnOf(people.developer)}\` | what is looked at |
| \`${arnOf(people.operator)}\` | values of secrets, snapshots, dead letters, deployments that wait |
| \`${arnOf(people.admin)}\` | what no other role may: the deletion of an instance, a lock that nobody holds, a restore by hand |

Everything else is a change of the source, which the pipeline applies.

## What is lost, and for how long

| store | strategy | data lost at most | time |
| --- | --- | --- | --- |
${Object.entries(recovery.stores)
  .map(
    ([store, one]) =>
      `| ${store} | ${one.path} | ${one.reason ?? duration(one.recoveryPointSeconds ?? 0)} | ${duration(one.recoveryTimeSeconds)} |`,
  )
  .join("\n")}
| all together | | ${duration(recovery.recoveryPointSeconds)} | ${duration(recovery.recoveryTimeSeconds)} |

The targets are ${duration(primary.targets.recoveryPointSeconds)} and ${duration(primary.targets.recoveryTimeSeconds)}.

${section("Setting up", settingUp(names))}

${section("Failover", failover(names))}

${section("The way back", wayBack(names))}
`;
}

function section(title: string, steps: readonly Step[]): string {
  return `## ${title}\n\n${written(steps)}`;
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
