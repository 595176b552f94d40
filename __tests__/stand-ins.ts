/**
 * Values for what only an apply would tell.
 *
 * A run of `terraform test` with a mocked provider plans the same root again, with ids and ARNs made of the addresses of
 * their resources. So policies and container definitions can be read in full, and a reference says what it refers to.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { runTerraform, TerraformError, type Workplace } from "../lib/terraform";

const CHANGE = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  change: z.object({
    after: z.record(z.string(), z.unknown()).nullable(),
    after_unknown: z.record(z.string(), z.unknown()).default({}),
  }),
});
export type Change = z.infer<typeof CHANGE>;

const LINE = z.object({
  test_plan: z.object({ resource_changes: z.array(CHANGE) }).optional(),
  diagnostic: z.object({ severity: z.string(), summary: z.string(), detail: z.string().default("") }).optional(),
});

/** The stand-in for the ARN of a resource. Its account is none of those that tests and environments name. */
export function arnOf(address: string): string {
  const type = /(?:^|\.)(aws_\w+)\.\w+(?:\[[^\]]*\])?$/.exec(address)?.[1] ?? "";
  const [service, before] = ARNS[type] ?? ["none", ""];
  return `arn:aws:${service}:us-east-1:000000000000:${before}${address}`;
}

/** Service of the ARN, and what stands before the name, where modules look at either. */
const ARNS: Readonly<Record<string, readonly [service: string, before: string]>> = {
  aws_acm_certificate: ["acm", ""],
  aws_cloudwatch_log_group: ["logs", ""],
  aws_dynamodb_table: ["dynamodb", "table/"],
  aws_ecr_repository: ["ecr", ""],
  aws_ecs_cluster: ["ecs", "cluster/"],
  aws_ecs_task_definition: ["ecs", ""],
  aws_iam_openid_connect_provider: ["iam", "oidc-provider/"],
  aws_iam_policy: ["iam", ""],
  aws_iam_role: ["iam", ""],
  aws_kms_key: ["kms", ""],
  aws_lb: ["elasticloadbalancing", ""],
  aws_lb_listener: ["elasticloadbalancing", ""],
  aws_lb_target_group: ["elasticloadbalancing", ""],
  aws_s3_bucket: ["s3", ""],
  aws_secretsmanager_secret: ["secretsmanager", "secret:"],
  aws_sns_topic: ["sns", ""],
  aws_sqs_queue: ["sqs", ""],
};

/** Attributes of type string that modules hand on; the stand-in is `<address>.<attribute>`. */
const TEXTS = [
  "address",
  "arn_suffix",
  "dns_name",
  "fqdn",
  "key_id",
  "name",
  "prefix_list_id",
  "repository_url",
  "resource_id",
  "url",
];

/** Attributes with parts in them. */
const STRUCTURES: Readonly<Record<string, (address: string, planned: Readonly<Record<string, unknown>>) => object>> = {
  aws_acm_certificate: (address, { subject_alternative_names: names }) => ({
    domain_validation_options: z
      .array(z.string())
      .parse(names)
      .map((name) => ({
        domain_name: name,
        resource_record_name: `${address}.${name}`,
        resource_record_type: "CNAME",
        resource_record_value: `value.${name}`,
      })),
  }),
  aws_db_instance: (address) => ({ master_user_secret: [{ secret_arn: masterSecretArn(address) }] }),
  aws_db_instance_automated_backups_replication: () => ({
    id: "arn:aws:rds:us-east-1:000000000000:auto-backup:ab-0123456789",
  }),
  aws_sesv2_email_identity: () => ({ dkim_signing_attributes: { tokens: ["token-1", "token-2", "token-3"] } }),
};

/** The stand-in for the secret that RDS makes for a database. */
export function masterSecretArn(database: string): string {
  return `arn:aws:secretsmanager:us-east-1:000000000000:secret:${database}`;
}

/**
 * What Terraform plans: the JSON of `terraform plan` and `terraform show`, from one command instead of two.
 * @param test what the test file says besides that it plans
 */
export async function testedPlan(workplace: Workplace, test: object = {}): Promise<readonly Change[]> {
  const file = { ...test, run: { plan: { command: "plan" } } };
  writeFileSync(path.join(workplace.folder, "plan.tftest.json"), JSON.stringify(file));
  const { stdout } = await runTerraform(["test", "-json", "-verbose", "-no-color"], workplace);
  const lines = stdout.split("\n").filter((line) => /"type":"(?:test_plan|diagnostic)"/.test(line));
  const read = lines.map((line) => LINE.parse(JSON.parse(line)));
  const [plan] = read.flatMap((line) => line.test_plan ?? []);
  const problems = read.flatMap((line) => (line.diagnostic?.severity === "error" ? [line.diagnostic] : []));
  if (plan === undefined || problems.length > 0) {
    const text = problems.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
    throw new TerraformError(`${workplace.name}: terraform test failed\n${text}`);
  }
  return plan.resource_changes;
}

/** The planned values of every resource, with a stand-in wherever the plan has none. */
export async function withStandIns(workplace: Workplace, changes: readonly Change[]): Promise<Map<string, object>> {
  const standIns = await testedPlan(workplace, mocks(changes));
  const mocked = new Map(standIns.map((change) => [change.address, change.change.after]));
  return new Map(
    changes.map(({ address, change }) => [
      address,
      { ...Object(filled(change.after, change.after_unknown, mocked.get(address))) },
    ]),
  );
}

function mocks(changes: readonly Change[]): object {
  const overrides = changes
    .filter((change) => change.mode === "managed")
    .map(({ address, type, change }) => {
      const unknown = (name: string) => change.after_unknown[name] === true;
      const texts = TEXTS.filter(unknown).map((name) => [name, `${address}.${name}`]);
      return {
        target: address,
        override_during: "plan",
        values: {
          id: address,
          ...Object.fromEntries(texts),
          ...(unknown("arn") && { arn: arnOf(address) }),
          ...STRUCTURES[type]?.(address, change.after ?? {}),
        },
      };
    });
  return {
    mock_provider: {
      aws: { override_during: "plan", mock_data: { aws_partition: { defaults: { partition: "aws" } } } },
    },
    override_resource: overrides,
  };
}

/** What a test reads where only the apply tells and nothing can stand in: a mock makes every collection empty. */
const UNKNOWN = "(known after apply)";

function isEmpty(standIn: unknown): boolean {
  return (
    standIn === undefined || standIn === null || (typeof standIn === "object" && Object.keys(standIn).length === 0)
  );
}

/** A value in which the unknown parts come from its stand-in. */
function filled(value: unknown, unknown: unknown, standIn: unknown): unknown {
  if (unknown === true) return isEmpty(standIn) ? UNKNOWN : standIn;
  if (typeof unknown !== "object" || unknown === null) return value;
  const part = (of: unknown, key: string): unknown =>
    typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined;
  const keys = [...new Set([...Object.keys(Object(value)), ...Object.keys(unknown)])];
  const parts = keys.map((key): [string, unknown] => [
    key,
    filled(part(value, key), part(unknown, key), part(standIn, key)),
  ]);
  return Array.isArray(value) ? parts.map(([, item]) => item) : value === null ? null : Object.fromEntries(parts);
}
