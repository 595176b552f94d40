/** The steps of one rehearsal. */
import { collecting, findTask, type Names } from "./commands";

interface Step {
  readonly name: string;
  readonly text: string;
  readonly commands?: string;
}

export function rehearsalSteps(names: Names): string {
  return stepsOf(names)
    .map(({ name, text, commands }, i) => {
      const number = `${i + 1}. `;
      const block = commands === undefined ? [] : ["", "```sh", ...commands.split("\n"), "```"];
      const lines = [...text.split("\n"), ...block];
      const rest = lines.slice(1).map((line) => (line === "" ? line : `${" ".repeat(number.length)}${line}`));
      return [`${number}**${name}.** ${lines[0]}`, ...rest].join("\n");
    })
    .join("\n");
}

function stepsOf(names: Names): readonly Step[] {
  const { instance, bucket, secrets, root, environment, region } = names;
  return [
    {
      name: "Prepare the source",
      text: "The owner of the legacy database creates a user for DMS, enables replication of changes, and admits the private subnets.",
    },
    {
      name: "Prepare the target",
      text: "Create the database of the rehearsal on the instance, run the migrations of the schema in it, and create a user that owns its tables.\nNo trigger and no foreign key may be active during the load.",
    },
    {
      name: "Put in the secrets",
      text: "Each is JSON with `username`, `password`, `host` and `port`. The secret that RDS manages has no host and no port, so DMS cannot use it.\nThe file is on a disk in memory, and nowhere else.",
      commands: `export AWS_DEFAULT_REGION=${region}
aws secretsmanager put-secret-value --secret-id ${secrets.source} --secret-string file:///dev/shm/source.json
aws secretsmanager put-secret-value --secret-id ${secrets.target} --secret-string file:///dev/shm/target.json
rm /dev/shm/source.json /dev/shm/target.json`,
    },
    {
      name: "Apply the root",
      text: `Start the workflow \`apply\` for \`${root}\`. The instance is billed by the hour from now on. Terraform does not start the task.`,
    },
    {
      name: "Test the connections",
      text: "Both have to become `successful`.",
      commands: `${findTask(names)}
instance=$(aws dms describe-replication-instances --filters Name=replication-instance-id,Values=${instance} \\
  --query 'ReplicationInstances[0].ReplicationInstanceArn' --output text)
for side in source target; do
  endpoint=$(aws dms describe-endpoints --filters Name=endpoint-id,Values=${instance}-$side \\
    --query 'Endpoints[0].EndpointArn' --output text)
  aws dms test-connection --replication-instance-arn "$instance" --endpoint-arn "$endpoint"
done
aws dms describe-connections --filters Name=replication-instance-arn,Values="$instance"`,
    },
    {
      name: "Assess",
      text: `The results go to \`${bucket}\`. Correct the source, the target or the criteria until no check fails.`,
      commands: `aws dms start-replication-task-assessment-run --replication-task-arn "$task" \\
  --assessment-run-name "${instance}-$(date -u +%Y%m%d%H%M)" \\
  --service-access-role-arn "$(aws iam get-role --role-name ${instance}-assessment --query Role.Arn --output text)" \\
  --result-location-bucket ${bucket} --result-location-folder ${instance} --result-encryption-mode SSE_KMS \\
  --result-kms-key-arn "$(aws kms describe-key --key-id ${names.keyAlias} --query KeyMetadata.Arn --output text)"`,
    },
    {
      name: "Run",
      text: "The start empties the tables of the rehearsal's database. Wait until every table is completed and validated. Then let the\nlatency settle, and run the smoke test of the application on the copy.",
      commands: `aws dms start-replication-task --replication-task-arn "$task" --start-replication-task-type start-replication`,
    },
    {
      name: "Compare",
      text: "The report is the evidence of this run. Save it with the confirmation of the smoke test where the record of the migration names it.",
      commands: `${collecting(names)}
npx groundplan criteria ${root} outputs --phase rehearsal --json > report.json`,
    },
    {
      name: "Stop",
      text: "On PostgreSQL as a source, drop the replication slot of the task afterwards: its log would fill the disk of the source.",
      commands: `aws dms stop-replication-task --replication-task-arn "$task"
aws dms wait replication-task-stopped --filters Name=replication-task-arn,Values="$task"`,
    },
    {
      name: "Destroy",
      text: `Set \`ended: true\` in the data of the migration of ${environment}, run \`npm run synth\`, and start the workflow \`apply\` for \`${root}\` after
the merge. The plan destroys the instance, the task, the endpoints and their roles. The log, the results, the secrets and the
security group stay in the AWS root. Remove \`ended\` for the next run.`,
    },
  ];
}
