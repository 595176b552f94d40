/** The documents of a migration with the names of its environment: schema review, rehearsal, and criteria for the way back. */
import { rootPath } from "../../common/system-root";
import { migrationComponent } from "../components";
import { type ComposedEnvironment, SYSTEM } from "../context";
import type { LegacyMigration } from "../environment";
import { collecting } from "./commands";
import { migrationNames } from "./names";
import { rehearsalSteps } from "./runbook-rehearsal";
import { schemaReview } from "./runbook-schema-review";

export function runbook(environment: ComposedEnvironment, migration: LegacyMigration): string {
  const { account, region, name } = environment;
  const { criteria } = migration;
  const root = rootPath(SYSTEM, environment, migrationComponent(environment)).replace("environments/", "");
  const names = { ...migrationNames(environment), region, root, environment: name };
  return `# WardMitra: migration of the legacy database in ${name}

AWS DMS copies \`${migration.source.database}\` (${migration.source.engine}) into the database \`${migration.target.database}\` of the instance
\`${SYSTEM}-${name}\`, and then every change, until the task is stopped. The criteria below are data of the root: \`groundplan criteria\` compares
them with the outputs of the AWS CLI. An administrator, \`arn:aws:iam::${account.id}:role/${account.people.admin}\`, runs the commands with the
AWS CLI in \`${region}\`.

The order is fixed: schema review, cutover design, rehearsal, production. \`migration.passed\` in the data of production names
the approved document of each step with its day and its approver. Without it, the guardrail \`dms-rehearsed\` refuses a migration there.

${schemaReview(criteria.tables)}

## Criteria of a rehearsal

Rehearse twice in a row. A rehearsal passes if all criteria are met:

| criterion | threshold |
| --- | --- |
| premigration assessment | no failed check, at most ${criteria.rehearsal.assessmentWarnings} warnings |
| tables | exactly ${criteria.tables.map((table) => `\`${table}\``).join(", ")}; each completed, without a row in error |
| validation | each table validated, without failed, suspended or pending records |
| full load | at most ${criteria.rehearsal.fullLoadMinutes} minutes |
| latency of source and target | at most ${criteria.rehearsal.latencySeconds} seconds in each of ${criteria.rehearsal.latencyMinutes} minutes |
| application | its smoke test passes on the copy; a person confirms it in the report |

## Rehearsal

${rehearsalSteps(names)}

## Criteria for the way back

They are approved before the rehearsal. The owner of the data decides before the start whether changes are replicated back to
the legacy database. If not, the way back loses what was written after the switch.

| when | roll back if |
| --- | --- |
| before the switch | a table is not validated, the task failed, or the latency exceeded ${criteria.rollback.latencySeconds} seconds in the last ${criteria.rollback.latencyMinutes} minutes |
| after the switch | a record differs, the task failed, or more than ${criteria.rollback.errorPercent} % of the requests of ${criteria.rollback.errorMinutes} minutes failed |
| ${criteria.rollback.signOffMinutes} minutes after the switch | the owner of the data has not signed off |

Collect the outputs again before each decision:

\`\`\`sh
${collecting(names)}
npx groundplan criteria ${root} outputs --phase before-switch
\`\`\`

After the switch, \`--phase after-switch\` also reads \`requests.json\` and \`errors.json\`: the metrics \`RequestCount\` and
\`HTTPCode_Target_5XX_Count\` of the load balancer, with the statistic \`Sum\` and a period of 60 seconds.

The way back: stop the task, make the legacy database writable again, and point the application at it.
`;
}
