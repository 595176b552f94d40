/** The state of an environment that was never applied: what a plan of it says, and plausible values for the rest. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type RootConfiguration, valuesAfter } from "../../../lib/configuration";
import { asObject } from "../../../lib/configuration/json";
import { EncodedJson, isList, isMapping, PartialText, Reference, Unknown, type Value } from "../../../lib/hcl";
import { type ResourceChange, readPlan } from "../../../lib/terraform";

export type Attributes = Readonly<Record<string, unknown>>;

const RESOURCE = z.object({ type: z.string(), name: z.string(), schema_version: z.number().optional() });
const SCHEMA_VERSIONS = z.object({
  configuration: z.object({
    root_module: z.object({
      module_calls: z.record(z.string(), z.object({ module: z.object({ resources: z.array(RESOURCE) }) })),
    }),
  }),
});

export interface Standing {
  readonly resource: ResourceChange;
  readonly schemaVersion: number;
  readonly attributes: Attributes;
}

/** Everything as a first plan wants it. What refers to something that is not there yet, refers to what is made up for it. */
export function standing(plan: string, root: RootConfiguration, account: string): Standing[] {
  const { resource_changes: changes } = readPlan("first plan", plan);
  const { module_calls: calls } = SCHEMA_VERSIONS.parse(JSON.parse(plan)).configuration.root_module;
  const made = new Map(changes.map((change) => [change.address, madeUp(change, account)]));
  const attributesOf = (resource: ResourceChange) => {
    const values = valuesAfter(resource, root.at(resource.address));
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        resolved(value, made) ?? made.get(resource.address)?.[name] ?? null,
      ]),
    );
  };
  return changes.map((resource) => {
    const call = calls[resource.module_address?.replace("module.", "") ?? ""];
    const block = call?.module.resources.find(({ type, name }) => type === resource.type && name === resource.name);
    return { resource, schemaVersion: block?.schema_version ?? 0, attributes: attributesOf(resource) };
  });
}

/** A `terraform.tfstate`. @see https://developer.hashicorp.com/terraform/language/state */
export function stateFile(resources: readonly Standing[]): string {
  const blocks = new Map<string, object>();
  for (const { resource } of resources) {
    const { module_address: module = "", type, name, mode } = resource;
    const instances = resources
      .filter(({ resource: other }) => other.module_address === module && other.type === type && other.name === name)
      .map(({ resource: instance, schemaVersion, attributes }) => ({
        ...(instance.index !== undefined && { index_key: instance.index }),
        schema_version: schemaVersion,
        attributes,
        sensitive_attributes: Object.entries(asObject(instance.change.after_sensitive))
          .filter(([, isSensitive]) => isSensitive === true)
          .map(([value]) => [{ type: "get_attr", value }]),
      }));
    const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
    blocks.set(`${module}.${type}.${name}`, { module, mode, type, name, provider, instances });
  }
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.0",
    serial: 1,
    lineage: "00000000-0000-4000-8000-000000000000",
    outputs: {},
    resources: [...blocks.values()],
  });
}

function resolved(value: Value, made: ReadonlyMap<string, Attributes>): unknown {
  if (value instanceof Reference) return made.get(value.address)?.[value.path] ?? null;
  if (value instanceof PartialText) return value.parts.map((part) => resolved(part, made)).join("");
  if (value instanceof EncodedJson) return JSON.stringify(resolved(value.value, made));
  if (value instanceof Unknown) return null;
  if (isList(value)) return value.map((item) => resolved(item, made));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, made)]));
}

/** What AWS would have given the resource, beside what the plan knows. */
function madeUp({ address, type, change: { after } }: ResourceChange, account: string): Attributes {
  const digits = createHash("sha256").update(address).digest("hex").slice(0, 17);
  const { service = "none", prefix, path = "" } = KINDS[type] ?? {};
  const own = [after?.name, after?.bucket, after?.identifier, after?.family].find((one) => typeof one === "string");
  const id = prefix === undefined ? (own ?? digits) : `${prefix}${digits}`;
  const arn = service === "s3" ? `arn:aws:s3:::${id}` : `arn:aws:${service}:eu-central-1:${account}:${path}${id}`;
  const secret = `arn:aws:secretsmanager:eu-central-1:${account}:secret:rds!${id}`;
  return {
    ...after,
    ...NONE,
    id,
    arn,
    key_id: id,
    name: own ?? `shop-${digits}`,
    security_group_rule_id: id,
    master_user_secret: [{ kms_key_id: "", secret_arn: secret, secret_status: "active" }],
  };
}

/** Lists that AWS fills in, and that are empty here. */
const NONE = Object.fromEntries(
  ["egress", "ingress", "listener_endpoint", "managed_policy_arns", "replicas", "supported_network_types"].map(
    (name): [string, readonly string[]] => [name, []],
  ),
);

const KINDS: Readonly<Record<string, { readonly service: string; readonly prefix?: string; readonly path?: string }>> =
  {
    aws_cloudwatch_log_group: { service: "logs", path: "log-group:" },
    aws_db_instance: { service: "rds", path: "db:" },
    aws_ecs_task_definition: { service: "ecs", path: "task-definition/" },
    aws_iam_role: { service: "iam", path: "role/" },
    aws_kms_key: { service: "kms", path: "key/" },
    aws_s3_bucket: { service: "s3" },
    aws_secretsmanager_secret: { service: "secretsmanager", path: "secret:" },
    aws_security_group: { service: "ec2", path: "security-group/", prefix: "sg-" },
    aws_sns_topic: { service: "sns" },
    aws_ssm_parameter: { service: "ssm", path: "parameter" },
    aws_vpc_security_group_egress_rule: { service: "ec2", path: "security-group-rule/", prefix: "sgr-" },
    aws_vpc_security_group_ingress_rule: { service: "ec2", path: "security-group-rule/", prefix: "sgr-" },
  };
