/** Arguments that hold access. AWS reports their values even if the source does not set them. */
import type { ResourceInstance } from "../configuration";
import type { HclValue, Mapping } from "../hcl";
import { aclRules, type Entry, groupRules, inlinePolicies, jsonText, routes, statements, texts } from "./entries";

/** A type of resources whose entries appear in an argument of another resource. */
export interface Explanation {
  readonly type: string;
  /** Argument that names the other resource. */
  readonly of: string;
  /** Attribute of the other resource that the argument names; by default any of its identifiers. */
  readonly by?: string;
  entries(values: Mapping, owner: ResourceInstance): Entry[];
}

export interface AccessArgument {
  readonly argument: string;
  entries(value: HclValue, owner: ResourceInstance): Entry[];
  readonly explainedBy: readonly Explanation[];
}

/** A policy document, and the type of resource that may set it instead. */
function policy(argument: string, type: string, of: string, by?: string): AccessArgument {
  return document(statements, argument, type, of, by);
}

function document(
  entries: (value: HclValue) => Entry[],
  argument: string,
  type: string,
  of: string,
  by?: string,
): AccessArgument {
  const own = (values: Mapping) => entries(values[argument] ?? null);
  return { argument, entries, explainedBy: [{ type, of, ...(by && { by }), entries: own }] };
}

/** A set of names or ARNs, and the resources that add to it: type, argument with the owner, argument with the added names. */
function set(argument: string, ...adders: readonly (readonly [string, string, string])[]): AccessArgument {
  return {
    argument,
    entries: texts,
    explainedBy: adders.map(([type, of, added]) => ({ type, of, entries: (values) => texts(values[added] ?? null) })),
  };
}

function rules(direction: "ingress" | "egress"): AccessArgument {
  const word = direction === "ingress" ? "from" : "to";
  return {
    argument: direction,
    entries: (value, { values }) => groupRules(value, word, values.id ?? null),
    explainedBy: [
      {
        type: `aws_vpc_security_group_${direction}_rule`,
        of: "security_group_id",
        entries: (rule, { values }) => groupRules(rule, word, values.id ?? null),
      },
      {
        type: "aws_security_group_rule",
        of: "security_group_id",
        entries: (rule, { values }) => (rule.type === direction ? groupRules(rule, word, values.id ?? null) : []),
      },
    ],
  };
}

function aclEntries(direction: "ingress" | "egress"): AccessArgument {
  return {
    argument: direction,
    entries: aclRules,
    explainedBy: [
      {
        type: "aws_network_acl_rule",
        of: "network_acl_id",
        entries: (rule) => ((rule.egress === true) === (direction === "egress") ? aclRules(rule) : []),
      },
    ],
  };
}

const ROUTES: AccessArgument = {
  argument: "route",
  entries: routes,
  explainedBy: [{ type: "aws_route", of: "route_table_id", entries: routes }],
};

const PROPAGATED = set("propagating_vgws", ["aws_vpn_gateway_route_propagation", "route_table_id", "vpn_gateway_id"]);

const GROUP = [rules("ingress"), rules("egress")];
const KEY = [policy("policy", "aws_kms_key_policy", "key_id")];

/**
 * By type. A test compares this table with the schema of the provider: with the optional and computed arguments whose names
 * suggest access.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const ACCESS_ARGUMENTS: Readonly<Record<string, readonly AccessArgument[]>> = {
  aws_api_gateway_rest_api: [policy("policy", "aws_api_gateway_rest_api_policy", "rest_api_id")],
  aws_default_route_table: [ROUTES],
  aws_default_security_group: GROUP,
  aws_elasticsearch_domain: [
    policy("access_policies", "aws_elasticsearch_domain_policy", "domain_name", "domain_name"),
  ],
  aws_iam_role: [
    {
      argument: "inline_policy",
      entries: inlinePolicies,
      explainedBy: [{ type: "aws_iam_role_policy", of: "role", entries: inlinePolicies }],
    },
    set(
      "managed_policy_arns",
      ["aws_iam_role_policy_attachment", "role", "policy_arn"],
      ["aws_iam_policy_attachment", "roles", "policy_arn"],
      ["aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"],
    ),
  ],
  aws_kms_external_key: KEY,
  aws_kms_key: KEY,
  aws_kms_replica_external_key: KEY,
  aws_kms_replica_key: KEY,
  aws_network_acl: [aclEntries("ingress"), aclEntries("egress")],
  aws_opensearch_domain: [policy("access_policies", "aws_opensearch_domain_policy", "domain_name", "domain_name")],
  aws_rds_cluster: [set("iam_roles", ["aws_rds_cluster_role_association", "db_cluster_identifier", "role_arn"])],
  aws_redshift_cluster: [set("iam_roles", ["aws_redshift_cluster_iam_roles", "cluster_identifier", "iam_role_arns"])],
  aws_route_table: [ROUTES, PROPAGATED],
  aws_s3_access_point: [policy("policy", "aws_s3control_access_point_policy", "access_point_arn")],
  aws_s3_bucket: [policy("policy", "aws_s3_bucket_policy", "bucket")],
  aws_secretsmanager_secret: [policy("policy", "aws_secretsmanager_secret_policy", "secret_arn")],
  aws_security_group: GROUP,
  aws_sns_topic: [policy("policy", "aws_sns_topic_policy", "arn")],
  aws_sqs_queue: [
    policy("policy", "aws_sqs_queue_policy", "queue_url"),
    document(jsonText, "redrive_allow_policy", "aws_sqs_queue_redrive_allow_policy", "queue_url"),
    document(jsonText, "redrive_policy", "aws_sqs_queue_redrive_policy", "queue_url"),
  ],
  aws_vpc_endpoint: [
    policy("policy", "aws_vpc_endpoint_policy", "vpc_endpoint_id"),
    set("route_table_ids", ["aws_vpc_endpoint_route_table_association", "vpc_endpoint_id", "route_table_id"]),
  ],
  aws_vpc_endpoint_service: [
    set("allowed_principals", [
      "aws_vpc_endpoint_service_allowed_principal",
      "vpc_endpoint_service_id",
      "principal_arn",
    ]),
  ],
};
