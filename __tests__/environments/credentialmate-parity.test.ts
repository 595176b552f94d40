/** The three roots of CredentialMate are one composition: what may differ, and that nothing else does. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { dev } from "../../environments/credentialmate/dev";
import type { CredentialMateEnvironment } from "../../environments/credentialmate/environment";
import { prod } from "../../environments/credentialmate/prod";
import { stage } from "../../environments/credentialmate/stage";
import { credentialMate } from "../../environments/credentialmate/system";
import { snakeCase } from "../../lib/names";
import { renderTree } from "../../lib/synthesize";
import type { TerraformType } from "../../lib/types";
import { overlaps } from "../../modules/vpc/plan";

const tree = path.join(__dirname, "../../terraform");
const environments: readonly CredentialMateEnvironment[] = [dev, stage, prod];
const roots = environments.map(credentialMate);

/** Inputs that say which environment it is: names, account, addresses. `{}` is any entry of a map, `[]` of a list. */
const IDENTITY = [
  "acm-certificate domain_name",
  "acm-certificate zone_id",
  "alb name",
  "cloudwatch-alarms name",
  "cloudwatch-dashboard name",
  "cloudwatch-dashboard widgets[].metrics[].namespace",
  "cloudwatch-log-metrics namespace",
  "ecr name",
  "ecs-cluster name",
  "ecs-task-definition account_id",
  "ecs-task-definition environment{}",
  "ecs-task-definition name",
  "iam account_id",
  "iam name",
  "kms account_id",
  "kms name",
  "rds account_id",
  "rds name",
  "route53-alias name",
  "route53-alias zone_id",
  "s3 cors_origins[]",
  "s3 name",
  "s3-access-logs account_id",
  "s3-access-logs name",
  "secrets-manager account_id",
  "secrets-manager name",
  "security-groups name",
  "ses domain",
  "ses name",
  "ses zone_id",
  "sns-topic account_id",
  "sns-topic name",
  "vpc account_id",
  "vpc cidr",
  "vpc name",
  "vpc subnets{}.cidr",
  "vpc-gateway-endpoints account_id",
  "vpc-gateway-endpoints bucket_arns[]",
  "vpc-gateway-endpoints name",
  "vpc-interface-endpoints account_id",
  "vpc-interface-endpoints name",
];

const MODULES = z.object({ module: z.record(z.string(), z.looseObject({ source: z.string() })) });

interface Leaf {
  readonly call: string;
  /** Module and place of the input: `vpc subnets{}.cidr`. */
  readonly input: string;
  readonly sizing: boolean;
  readonly value: unknown;
}

describe("the roots of CredentialMate", () => {
  test("call the same modules under the same ids", () => {
    const [first, ...others] = environments.map((environment) =>
      Object.entries(callsOf(environment)).map(([id, { source }]) => `${id}: ${source}`),
    );
    for (const calls of others) expect(calls).toEqual(first);
    expect(first).toHaveLength(roots[0]?.calls.size ?? 0);
  });

  test("set the same inputs, and differ only in sizing and in who they are", () => {
    const differing = differences(({ value }) => value).filter(({ sizing }) => !sizing);
    expect([...new Set(differing.map(({ input }) => input))].sort()).toEqual(IDENTITY);
  });

  test("are equal but for sizing once each environment's own names and addresses are taken out", () => {
    expect(
      differences(({ value }, environment) => anonymous(value, environment)).filter(({ sizing }) => !sizing),
    ).toEqual([]);
  });

  test("differ in each kind of sizing that the environments were given", () => {
    const sized = differences(({ value }) => value).filter(({ sizing }) => sizing);
    expect(new Set(sized.map(({ input }) => input))).toEqual(
      new Set([
        "cloudwatch-alarms alarms{}.threshold",
        "ecs-cluster log_retention_days",
        "ecs-service max_tasks",
        "ecs-service min_tasks",
        "ecs-task-definition cpu",
        "ecs-task-definition log_retention_days",
        "ecs-task-definition memory_mib",
        "rds allocated_storage_gib",
        "rds backup_retention_days",
        "rds instance_class",
        "rds log_retention_days",
        "rds max_allocated_storage_gib",
        "rds multi_az",
        "s3-access-logs retention_days",
        "vpc flow_log_retention_days",
      ]),
    );
  });

  test("have the same providers, versions and outputs", () => {
    for (const file of ["versions.tf.json", "providers.tf.json", "outputs.tf.json"]) {
      const [first, ...others] = environments.map((environment) =>
        anonymous(committed(environment, file), environment),
      );
      for (const other of others) expect(other).toBe(first);
    }
  });

  test.each(pairs(environments))("$one.name and $other.name share no address", ({ one, other }) => {
    expect(overlaps(one.cidr, other.cidr)).toBe(false);
  });

  test("lie in accounts of their own", () => {
    expect(new Set(environments.map(({ account }) => account.id)).size).toBe(3);
    expect(new Set(environments.map(({ account }) => account.state.bucket)).size).toBe(3);
  });
});

test("a fresh synth is the committed tree, byte for byte, and nothing is left over", () => {
  const different = renderTree(roots).filter(
    (file) => readFileSync(path.join(tree, file.path), "utf8") !== file.content,
  );
  expect(different.map((file) => file.path)).toEqual([]);
  const there = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !file.includes(".terraform/"));
  expect(there.sort()).toEqual(
    renderTree(roots)
      .map((file) => file.path)
      .sort(),
  );
});

function committed({ name }: CredentialMateEnvironment, file: string): string {
  return readFileSync(path.join(tree, "environments/credentialmate", name, file), "utf8");
}

function callsOf(environment: CredentialMateEnvironment) {
  return MODULES.parse(JSON.parse(committed(environment, "main.tf.json"))).module;
}

/** Leaves that are not the same in all environments, as `of` shows them. */
function differences(of: (leaf: Leaf, environment: CredentialMateEnvironment) => unknown): Leaf[] {
  const shown = environments.map((environment) =>
    leavesOf(environment).map((leaf) => JSON.stringify([leaf.call, leaf.input, of(leaf, environment)])),
  );
  const everywhere = (text: string | undefined) => shown.every((texts) => text !== undefined && texts.includes(text));
  return environments.flatMap((environment, i) => leavesOf(environment).filter((_, j) => !everywhere(shown[i]?.[j])));
}

function leavesOf(environment: CredentialMateEnvironment): Leaf[] {
  const { calls } = credentialMate(environment);
  return Object.entries(callsOf(environment)).flatMap(([id, { source, ...inputs }]) => {
    const specification = calls.get(id)?.specification;
    const types = Object.entries(specification?.inputs ?? {}).map(([name, type]): [string, TerraformType] => [
      snakeCase(name),
      type,
    ]);
    return types.flatMap(([name, type]) =>
      leaves(inputs[name], type, name, false).map((leaf) => ({
        ...leaf,
        call: id,
        input: `${specification?.name} ${leaf.input}`,
      })),
    );
  });
}

/** The parts of a value that have no parts, with what its type says of them. */
function leaves(value: unknown, type: TerraformType, input: string, sizing: boolean): Omit<Leaf, "call">[] {
  const marked = sizing || type.sizing;
  if (typeof value !== "object" || value === null) return [{ input, sizing: marked, value }];
  return Object.entries(value).flatMap(([key, item]) => {
    if (type.kind === "object") {
      const field = Object.entries(type.fields).find(([name]) => snakeCase(name) === key)?.[1];
      return field === undefined ? [] : leaves(item, field, `${input}.${key}`, marked);
    }
    return "element" in type ? leaves(item, type.element, `${input}${type.kind === "map" ? "{}" : "[]"}`, marked) : [];
  });
}

/** A text without what makes an environment that environment; other values as they are. */
function anonymous(value: unknown, { name, account, domain, zoneId, cidr }: CredentialMateEnvironment): unknown {
  if (typeof value !== "string") return value;
  const network = cidr.replace(/\d+\.\d+\/\d+$/, "");
  const own = [
    domain,
    zoneId,
    account.name,
    account.id,
    `credentialmate-${name}`,
    `CredentialMate/${name}`,
    `credentialmate/${name}`,
    `"Env": "${name}"`,
  ];
  return own
    .reduce((text, part) => text.replaceAll(part, "<own>"), value)
    .replaceAll(new RegExp(`\\b${network}`, "g"), "<own>");
}

function pairs<T>(items: readonly T[]): { one: T; other: T }[] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other) => ({ one, other })));
}
