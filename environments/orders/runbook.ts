/**
 * The runbook of a standby: recovery targets, and the steps of setting up, failover and return, with the names of the
 * environment.
 */
import type { RecoveryPlan } from "../../lib";
import { duration, recoveryTable, section } from "../common/runbook";
import type { RunbookNames } from "../common/runbook-steps";
import { nameOf } from "./context";
import type { OrdersEnvironment, StandbyFor } from "./environment";
import { failover } from "./runbook-failover";
import { settingUp } from "./runbook-setting-up";
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

${here.full} in ${here.region} is the standby of ${there.full}. It runs the same services at their minimum, has copies of images, secrets
and database backups, and no database. \`SERVING\` is \`no\`: the API answers \`/serving\` with \`serving: no\`, so that Route 53
does not resolve \`${domain}\` to ${here.region}.

The promotion works while ${there.region} is down. It uses only ${here.region} and the health checks of Route 53. It changes nothing
in IAM or Route 53, whose control planes are in us-east-1.

## Who

People assume these roles from the account for identities, with MFA, for one hour:

| role | for |
| --- | --- |
| \`${arnOf(people.developer)}\` | reading settings, metrics and logs |
| \`${arnOf(people.operator)}\` | setting values of secrets, creating snapshots, sending dead letters back, continuing or stopping a deployment |
| \`${arnOf(people.admin)}\` | deleting an instance, removing a stale lock, restoring by hand: no other role may do this |

Every other change is made in the source, and the pipeline applies it.

## Loss of data and time

${recoveryTable(recovery)}

The targets are ${duration(primary.targets.recoveryPointSeconds)} and ${duration(primary.targets.recoveryTimeSeconds)}.

${section("Setting up", settingUp(names))}

${section("Failover", failover(names))}

${section("The way back", wayBack(names))}
`;
}
