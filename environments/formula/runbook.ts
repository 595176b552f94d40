/**
 * The runbook of a standby: recovery targets, and the steps of setting up, failover and return, with the names of the
 * environment.
 */
import type { RecoveryPlan } from "../../lib";
import { duration, recoveryTable, section } from "../common/runbook";
import { nameOf } from "./context";
import type { FormulaEnvironment, StandbyFor } from "./environment";
import { failoverName } from "./failover";
import { failover } from "./runbook-failover";
import type { FormulaRunbook } from "./runbook-names";
import { settingUp } from "./runbook-setting-up";
import { wayBack } from "./runbook-way-back";

export function runbook(environment: FormulaEnvironment, primary: StandbyFor, recovery: RecoveryPlan): string {
  const { people } = environment.account;
  const arnOf = (role: string) => `arn:aws:iam::${environment.account.id}:role/${role}`;
  const names: FormulaRunbook = {
    here: { name: environment.name, full: nameOf(environment), region: environment.region },
    there: { name: primary.name, full: nameOf(primary), region: primary.region },
    domain: `api.${environment.domain}`,
    source: environment.database.copies?.instance ?? nameOf(primary),
    restoreTime: duration(recovery.stores.database?.recoveryTimeSeconds ?? 0),
    zoneId: environment.zoneId,
    failoverMetric: failoverName(primary),
  };
  const { here, there, domain } = names;
  return `# Formula: ${there.name} in ${there.region} fails

${here.full} in ${here.region} is the standby of ${there.full}. It runs the same service and function at their minimum, in one colour, has
copies of images, secrets and database backups, a pool of users with the same settings, and no database. \`SERVING\` is \`no\`: the service
refuses requests of clients. Route 53 answers \`${domain}\` with ${there.region}, whatever happens there, until a person writes the metric
\`Declared\` of the namespace \`${names.failoverMetric}\` in ${here.region}.

Nothing of ${there.region} is used before users are served: the state, the lock and the saved plans of \`formula/${here.name}\` are in ${here.region},
its providers have no other region, and the promotion changes nothing in IAM, Route 53 and CloudFront, whose control planes are in
us-east-1.

## Who

People assume these roles from the account for identities, with MFA, for one hour:

| role | for |
| --- | --- |
| \`${arnOf(people.developer)}\` | reading settings, metrics and logs |
| \`${arnOf(people.operator)}\` | setting values of secrets, creating snapshots |
| \`${arnOf(people.admin)}\` | declaring the failover and its end, deleting an instance, removing a stale lock: no other role may do this |

Every other change is made in the source, and the pipeline applies it.

## Loss of data and time

${recoveryTable(recovery)}

The targets are ${duration(primary.targets.recoveryPointSeconds)} and ${duration(primary.targets.recoveryTimeSeconds)}. The alarm \`${here.full}-backup-lag\` measures the first one, and the
state machine \`${here.full}-restore-test\` the restore.

## Users

Cognito copies no users between regions in a form that this version of the AWS provider can keep. The pool of ${here.region} has the same settings
and SAML providers, other ids of users (\`sub\`), and no passwords and no second factors. So the service keys its data by an id of its own and
finds it by the verified e-mail address. After a failover

- users of SAML providers sign in as before: the pool creates them at their first sign-in;
- users with a password need a new one and a new second factor. If Cognito still answers in ${there.region}, people create them in the pool of
  ${here.region} with their verified address. Otherwise users sign up again with the same address. Their recovery time is their own: it is
  not within ${duration(primary.targets.recoveryTimeSeconds)} for everybody;
- everybody signs in again, because tokens of the other pool are refused. The answer of \`GET /health\` names the client of the pool that
  the API trusts, and the website takes the sign-in pages of this client.

## Website

\`${environment.domain}\` stays with the distribution of ${there.full}, which CloudFront serves from its locations without ${there.region}. It asks
the bucket of ${there.region} first. If this does not answer, the same request goes to the copies in ${here.region}, which S3 makes within 15
minutes. There is no step for it.

${section("Setting up", settingUp(names))}

${section("Failover", failover(names))}

${section("The way back", wayBack(names))}
`;
}
