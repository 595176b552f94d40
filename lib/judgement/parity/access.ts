/**
 * Permissions: policy documents of roles and resources by statement, the identities that they are attached to, and the roles
 * and network policies of a cluster.
 */
import type { ResourceInstance } from "../configuration";
import { documentOf } from "../guardrails/policies";
import { many } from "../guardrails/values";
import { EncodedJson, type HclValue, isList, isMapping, isUnknown, type Mapping } from "../hcl";

/** By type, name, key and argument: `{ aws_iam_role_policy: { task: { policy: { Statement: { ReadDocuments: … } } } } }`. */
export function accessOf(resources: readonly ResourceInstance[]): Mapping {
  const types: Record<string, Record<string, HclValue>> = {};
  for (const resource of resources) {
    const access = accessOfResource(resource);
    if (Object.keys(access).length === 0) continue;
    const { mode, type, name, key } = resource;
    const kind = mode === "data" ? `data.${type}` : type;
    const others = types[kind]?.[name] ?? {};
    const own = key === undefined ? access : { ...(isMapping(others) && others), [String(key)]: access };
    types[kind] = { ...types[kind], [name]: own };
  }
  return types;
}

function accessOfResource({ type, values }: ResourceInstance): Mapping {
  const inCluster = IN_CLUSTERS[type.replace(/_v1$/, "")];
  if (inCluster !== undefined) return Object.fromEntries(inCluster.map((name) => [name, values[name] ?? null]));
  const isIam = type.startsWith("aws_iam_") || type === "aws_lambda_permission";
  const access: Record<string, HclValue> = {};
  for (const name of Object.keys(values)) {
    const value = values[name] ?? null;
    const policy = policyOf(value);
    if (policy !== undefined) access[name] = policy;
    else if ((isIam && !DESCRIPTIVE.has(name)) || isOpen(name, value)) access[name] = withDocuments(value);
  }
  return access;
}

function isOpen(name: string, value: HclValue): boolean {
  return isUnknown(value) && !(value instanceof EncodedJson) && name.endsWith("policy");
}

/** Arguments of Kubernetes objects that grant permissions or open network paths. */
const IN_CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  kubernetes_cluster_role: ["aggregation_rule", "rule"],
  kubernetes_cluster_role_binding: ["role_ref", "subject"],
  kubernetes_network_policy: ["spec"],
  kubernetes_role: ["rule"],
  kubernetes_role_binding: ["role_ref", "subject"],
};

/** Replaces policies, in nested blocks too. */
function withDocuments(value: HclValue): HclValue {
  const document = policyOf(value);
  if (document !== undefined) return document;
  if (isList(value)) return value.map(withDocuments);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withDocuments(member)]));
}

/** Arguments of IAM resources that grant nothing. */
const DESCRIPTIVE = new Set(["description", "force_detach_policies", "force_destroy", "tags"]);

/** A policy with its statements by name, and with lists wherever a list is possible; undefined for other values. */
function policyOf(value: HclValue): Mapping | undefined {
  const isText = value instanceof EncodedJson || (typeof value === "string" && /^\s*\{/.test(value));
  const document = isText ? documentOf(value) : null;
  if (!isMapping(document) || !("Statement" in document)) return undefined;
  const { Statement: statements = null, ...rest } = document;
  return { ...rest, Statement: isUnknown(statements) ? statements : statementsOf(many(statements)) };
}

/** By Sid if each statement has a unique one, else by index. */
function statementsOf(statements: readonly HclValue[]): Mapping {
  const names = statements.map((statement) => (isMapping(statement) ? statement.Sid : undefined));
  const named = names.every((name) => typeof name === "string") && new Set(names).size === names.length;
  return Object.fromEntries(
    statements.map((statement, i) => [named ? String(names[i]) : String(i), withLists(statement)]),
  );
}

/** A single value is equal to a list of it: `"Action": "s3:GetObject"`. */
function withLists(value: HclValue): HclValue {
  if (isUnknown(value) || isList(value)) return value;
  if (!isMapping(value)) return [value];
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, WORDS.has(name) ? member : withLists(member)]),
  );
}

/** Members of a statement that are never lists. */
const WORDS = new Set(["Sid", "Effect"]);
