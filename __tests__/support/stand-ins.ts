/**
 * Stand-ins for values that are known only after an apply.
 *
 * A run of `terraform test` with a mocked provider plans the same root again, with ids and ARNs made of the addresses of
 * their resources. So policies and container definitions can be read in full, and a reference says what it refers to.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ResourceInstance, RootConfiguration } from "../../lib/judgement/configuration";
import { isList, isMapping } from "../../lib/judgement/hcl";
import { type ResourceChange, runTerraform, TerraformError, type Workplace } from "../../lib/terraform";
import { RESOURCE_CHANGE } from "../../lib/terraform/plan-json";

const LINE = z.object({
  test_plan: z.object({ resource_changes: z.array(RESOURCE_CHANGE) }).optional(),
  diagnostic: z.object({ severity: z.string(), summary: z.string(), detail: z.string().default("") }).optional(),
});

/** The stand-in for the ARN of a resource. Its account is none of those that tests and environments name. */
export function arnOf(address: string): string {
  const type = /(?:^|\.)(aws_\w+)\.\w+(?:\[[^\]]*\])?$/.exec(address)?.[1] ?? "";
  const [service, before] = ARNS[type] ?? ["none", ""];
  // Modules check that the id of a certificate has the digits of a UUID.
  const id = type === "aws_acm_certificate" ? Buffer.from(address).toString("hex") : address;
  // Modules check that a distribution has no region.
  const region = service === "cloudfront" ? "" : "us-east-1";
  // Policies may name one revision.
  const revision = type === "aws_ecs_task_definition" ? ":1" : "";
  return `arn:aws:${service}:${region}:000000000000:${before}${id}${revision}`;
}

/** Service of the ARN, and the prefix of its resource part, for types whose ARN modules read. */
const ARNS: Readonly<Record<string, readonly [service: string, before: string]>> = {
  aws_acm_certificate: ["acm", "certificate/"],
  aws_api_gateway_stage: ["apigateway", "/restapis/id/stages/"],
  aws_apprunner_service: ["apprunner", "service/"],
  aws_cloudfront_distribution: ["cloudfront", "distribution/"],
  aws_cloudwatch_composite_alarm: ["cloudwatch", "alarm:"],
  aws_cloudwatch_log_group: ["logs", "log-group:"],
  aws_cloudwatch_metric_alarm: ["cloudwatch", "alarm:"],
  aws_cognito_user_pool: ["cognito-idp", "userpool/"],
  aws_dms_certificate: ["dms", "cert:"],
  aws_dms_endpoint: ["dms", "endpoint:"],
  aws_dms_replication_instance: ["dms", "rep:"],
  aws_dms_replication_task: ["dms", "task:"],
  aws_dynamodb_table: ["dynamodb", "table/"],
  aws_db_parameter_group: ["rds", "pg:"],
  aws_db_subnet_group: ["rds", "subgrp:"],
  aws_ecr_repository: ["ecr", "repository/"],
  aws_ecs_cluster: ["ecs", "cluster/"],
  aws_ecs_task_definition: ["ecs", "task-definition/"],
  aws_iam_openid_connect_provider: ["iam", "oidc-provider/"],
  aws_iam_policy: ["iam", "policy/"],
  aws_iam_role: ["iam", "role/"],
  aws_iam_service_linked_role: ["iam", "role/aws-service-role/"],
  aws_kinesis_firehose_delivery_stream: ["firehose", "deliverystream/"],
  aws_kms_key: ["kms", "key/"],
  aws_lb: ["elasticloadbalancing", "loadbalancer/app/"],
  aws_lb_listener: ["elasticloadbalancing", "listener/app/load-balancer/id/"],
  aws_lb_target_group: ["elasticloadbalancing", "targetgroup/"],
  aws_rds_cluster: ["rds", "cluster:"],
  aws_s3_bucket: ["s3", ""],
  aws_secretsmanager_secret: ["secretsmanager", "secret:"],
  aws_service_discovery_service: ["servicediscovery", "service/"],
  aws_sesv2_configuration_set: ["ses", "configuration-set/"],
  aws_sesv2_email_identity: ["ses", "identity/"],
  aws_sfn_state_machine: ["states", "stateMachine:"],
  aws_sns_topic: ["sns", ""],
  aws_sqs_queue: ["sqs", ""],
  aws_wafv2_web_acl: ["wafv2", "global/webacl/"],
};

/** Attributes of type string that modules pass on. The stand-in is `<address>.<attribute>`. */
const TEXTS = [
  "address",
  "app_monitor_id",
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

/** Attributes with nested values. */
const STRUCTURES: Readonly<Record<string, (resource: ResourceInstance) => object>> = {
  aws_acm_certificate: ({
    address,
    values: { domain_name: domain = null, subject_alternative_names: names = [] },
  }) => ({
    domain_validation_options: [domain, ...(isList(names) ? names : [])].map((name) => ({
      domain_name: name,
      resource_record_name: `${address}.${name}`,
      resource_record_type: "CNAME",
      resource_record_value: `value.${name}`,
    })),
  }),
  aws_db_instance: ({ address }) => ({ master_user_secret: [{ secret_arn: masterSecretArn(address) }] }),
  aws_docdb_cluster: ({ address }) => ({ master_user_secret: [{ secret_arn: masterSecretArn(address) }] }),
  aws_rds_cluster: ({ address }) => ({ master_user_secret: [{ secret_arn: masterSecretArn(address) }] }),
  aws_db_instance_automated_backups_replication: () => ({
    id: "arn:aws:rds:us-east-1:000000000000:auto-backup:ab-0123456789",
  }),
  aws_dms_certificate: ({ address }) => ({ certificate_arn: arnOf(address) }),
  aws_dms_endpoint: ({ address }) => ({ endpoint_arn: arnOf(address) }),
  aws_dms_replication_instance: ({ address }) => ({ replication_instance_arn: arnOf(address) }),
  aws_dms_replication_task: ({ address }) => ({ replication_task_arn: arnOf(address) }),
  aws_eks_cluster: ({ address }) => ({
    certificate_authority: [{ data: `${address}.certificate` }],
    identity: [{ oidc: [{ issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF" }] }],
  }),
  aws_eks_node_group: ({ address }) => ({
    resources: [{ autoscaling_groups: [{ name: `${address}.group` }], remote_access_security_group_id: "" }],
  }),
  aws_organizations_account: () => ({ id: "111122223333" }),
  aws_organizations_organization: () => ({ roots: [{ id: "r-exam" }] }),
  aws_organizations_organizational_unit: ({ address }) => ({
    id: `ou-exam-${Buffer.from(address).toString("hex").slice(-32)}`,
  }),
  aws_launch_template: () => ({ id: "lt-0123456789abcdef0" }),
  /** The id is part of names that accept no other characters. */
  terraform_data: () => ({ id: "00000000-0000-4000-8000-000000000000" }),
  /** The service makes the name of the function from that of the canary. */
  aws_synthetics_canary: ({ values: { name = null } }) => ({
    engine_arn: `arn:aws:lambda:us-east-1:000000000000:function:cwsyn-${name}-1234:1`,
  }),
  aws_sesv2_email_identity: () => ({ dkim_signing_attributes: { tokens: ["token-1", "token-2", "token-3"] } }),
};

/** The stand-in for the secret that RDS creates for a database. */
export function masterSecretArn(database: string): string {
  return `arn:aws:secretsmanager:us-east-1:000000000000:secret:${database}`;
}

/**
 * Plans of several runs, from one command in place of `plan` and `show` for each.
 * @param runs further content of each run block
 * @param mocks content of the test file beside its runs
 */
export async function testedPlans(
  workplace: Workplace,
  runs: readonly object[],
  mocks: object = {},
): Promise<(readonly ResourceChange[])[]> {
  const run = runs.map((one, i) => ({ [`plan_${i}`]: { command: "plan", ...one } }));
  writeFileSync(path.join(workplace.folder, "plan.tftest.json"), JSON.stringify({ ...mocks, run }));
  const { stdout } = await runTerraform(["test", "-json", "-verbose", "-no-color"], workplace);
  const lines = stdout.trimEnd().split("\n");
  const read = lines.map((line) => LINE.parse(JSON.parse(withoutSchemas(line))));
  const plans = read.flatMap((line) => (line.test_plan === undefined ? [] : [line.test_plan.resource_changes]));
  const problems = read.flatMap((line) => (line.diagnostic?.severity === "error" ? [line.diagnostic] : []));
  if (plans.length !== runs.length || problems.length > 0) {
    const text = problems.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
    throw new TerraformError(`${workplace.name}: terraform test failed\n${text}`);
  }
  return plans;
}

/** With each plan, Terraform prints the schemas of all its resources: 13 MB that no test reads. */
function withoutSchemas(line: string): string {
  const start = line.indexOf(',"provider_schemas":{');
  return start === -1 ? line : `${line.slice(0, start)}}}`;
}

/** A planned resource, with a stand-in for each unknown value. */
interface CompletedChange extends ResourceChange {
  readonly values: Readonly<Record<string, unknown>>;
}

/** The planned resources of a root. @param source the same root read from its files, which has the attributes that need a stand-in */
export async function plannedWithStandIns(workplace: Workplace, source: RootConfiguration): Promise<CompletedChange[]> {
  const [planned = [], mocked = []] = await testedPlans(workplace, [{}, mockedRun(source)], {
    mock_provider: {
      aws: {
        alias: MOCK,
        override_during: "plan",
        mock_data: { aws_partition: { defaults: { partition: "aws" } } },
      },
    },
  });
  const standIns = new Map(mocked.map(({ address, change }) => [address, change.after]));
  return planned.map((resource) => ({
    ...resource,
    values: { ...Object(filled(resource.change.after, resource.change.after_unknown, standIns.get(resource.address))) },
  }));
}

const MOCK = "mock";

function mockedRun({ providers, of }: RootConfiguration): object {
  const aliases = Object.entries(providers).flatMap(([name, blocks]) =>
    blocks.map((block) => (isMapping(block) && block.alias !== undefined ? `${name}.${block.alias}` : name)),
  );
  return {
    providers: Object.fromEntries(aliases.map((address) => [address, `aws.${MOCK}`])),
    override_resource: of("*").map((resource) => ({
      target: resource.address,
      override_during: "plan",
      values: standIn(resource),
    })),
  };
}

/** Terraform uses those attributes that the resource has and the configuration does not set. */
function standIn(resource: ResourceInstance): object {
  const { address, type } = resource;
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, `${address}.${name}`])),
    id: address,
    arn: arnOf(address),
    ...STRUCTURES[type]?.(resource),
  };
}

/** The value of an attribute that is known only after an apply and has no stand-in: a mock makes every collection empty. */
const UNKNOWN = "(known after apply)";

function isEmpty(standIn: unknown): boolean {
  return (
    standIn === undefined || standIn === null || (typeof standIn === "object" && Object.keys(standIn).length === 0)
  );
}

/** A value whose unknown parts are replaced by its stand-in. */
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
