/** What people do when production's region fails, and on the way back, with the names that they meet. */
import type { RecoveryPlan } from "../../lib";
import { roleNamesOfPeople } from "../accounts";
import type { OrdersEnvironment, StandbyFor } from "./environment";
import { nameOf } from "./system";

export function runbook(environment: OrdersEnvironment, primary: StandbyFor, recovery: RecoveryPlan): string {
  const [here, there] = [environment.name, primary.name];
  const people = roleNamesOfPeople(environment.account);
  const arnOf = (role: string) => `arn:aws:iam::${environment.account.id}:role/${role}`;
  const file = `environments/orders/${here}.ts`;
  return `# Orders: ${there} in ${primary.region} fails

${nameOf(environment)} in ${environment.region} stands by for ${nameOf(primary)}. It runs the same system at its minimum, with a
database of its own, and turns clients away: \`SERVING\` is \`no\`, so Route 53 does not answer \`${environment.domain}\` with it.

## Who

People take these roles on in the account for identities, with MFA, for an hour:

| role | for |
| --- | --- |
| \`${arnOf(people.developer)}\` | what is looked at |
| \`${arnOf(people.operator)}\` | values of secrets, snapshots, dead letters, deployments that wait |
| \`${arnOf(people.admin)}\` | what no other role may: the deletion of an instance, a lock that nobody holds, a restore by hand |

Everything else is a change of the source, which the pipeline applies.

## What is lost, and for how long

| store | way back | data lost at the most | time |
| --- | --- | --- | --- |
${Object.entries(recovery.stores)
  .map(
    ([store, one]) =>
      `| ${store} | ${one.path} | ${one.reason ?? duration(one.recoveryPointSeconds ?? 0)} | ${duration(one.recoveryTimeSeconds)} |`,
  )
  .join("\n")}
| all together | | ${duration(recovery.recoveryPointSeconds)} | ${duration(recovery.recoveryTimeSeconds)} |

The targets are ${duration(primary.targets.recoveryPointSeconds)} and ${duration(primary.targets.recoveryTimeSeconds)}.

## Setting up

The two environments name each other, so the first applies go in turns: ${there} with \`standby: null\`; then ${here}; then ${there} with its
standby. ECR copies what is pushed from then on: push what is to run once more. Secrets Manager makes up the ending of a secret's
ARN: put that of \`${nameOf(primary)}/database-application\` into \`${file}\`.

## Failover

1. See whether it is the region and not a deployment: \`https://${primary.region}.${environment.domain}/serving\` does not answer \`yes\`,
   alarms of ${nameOf(primary)} are on, and the AWS Health Dashboard tells of ${primary.region}. Roll a bad deployment back instead.
2. Decide, two people together. From here on what ${primary.region} still accepts is lost.
3. See to when the database can be restored:
   \`aws rds describe-db-instance-automated-backups --region ${environment.region} --db-instance-identifier ${nameOf(primary)}\`
4. In \`${file}\` set \`standbyFor.restore\` to \`{ time: null }\`, or to a time before data was damaged, and raise
   \`sizing.api\` and \`sizing.worker\` to those of ${there}. Run \`npm run synth\`, open a pull request, have it approved.
5. The plan adds \`module.restored_database\`, new revisions of both task definitions, and alarms on the new database; it
   destroys nothing. Apply it: the restore takes ${duration(recovery.stores.database?.recoveryTimeSeconds ?? 0)} at the most.
6. Deploy the revisions that production ran last to \`${nameOf(environment)}-api\` and \`${nameOf(environment)}-worker\`. Tasks now find
   \`${nameOf(environment)}-restored\` and answer \`yes\` on \`/serving\`.
7. Route 53 answers \`${environment.domain}\` from ${environment.region} once its health check holds. See it:
   \`dig ${environment.domain}\`, and \`https://${environment.domain}/ready\`.
8. Have the API send again what the queue of ${primary.region} held.

## The way back

1. Once ${primary.region} answers, keep its API from serving before its data is right: set \`SERVING\` to \`no\` there, as here.
2. Copy the data back: a snapshot of \`${nameOf(environment)}-restored\` to ${primary.region}, restored into a new instance there, while the
   API here is stopped; what was accepted here in the meantime is in the snapshot.
3. Point ${there} at that instance, deploy, and set its \`SERVING\` to \`yes\`: Route 53 goes back by itself.
4. Set \`standbyFor.restore\` in \`${file}\` to null. The plan then deletes \`module.restored_database\`, which its
   \`prevent_destroy\` refuses: a person takes the instance out of the state, keeps a last snapshot, and deletes it by hand.
5. Write down how long each step took, and correct the figures in \`environments/orders/recovery.ts\`.
`;
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
