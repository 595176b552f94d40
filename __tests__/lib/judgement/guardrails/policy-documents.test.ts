import { POLICY_DOCUMENTS } from "../../../../lib/judgement/guardrails/policy-documents";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [name: string]: HclValue };

const statement = (values: Values): Values => ({
  Sid: "Do",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...values,
});
const document = (values: Values) => new EncodedJson({ Statement: [statement(values)] });
const policy = (values: Values, type = "aws_iam_policy") => [resourceOf(type, { policy: document(values) })];

/** `{"Statement":[{"Sid":"Do","Effect":"Allow","Action":"s3:GetObject","Resource":""}]}` */
const AROUND = 83;
const resources = (size: number) => ({ Resource: "r".repeat(size - AROUND) });

const role = resourceOf("aws_iam_role", { name: "role" });
const inline = (name: string, size: number) =>
  resourceOf(
    "aws_iam_role_policy",
    { role: new Reference(role.address, "id"), policy: document(resources(size)) },
    { name },
  );

const key = new Reference("module.key.aws_kms_key.this", "arn");

proveRows(POLICY_DOCUMENTS, {
  "policy-elements-filled": [
    ["holds if each element names something", policy({}), "holds"],
    ["holds if a resource is known only after the apply", policy({ Resource: [key] }), "holds"],
    ["holds if there is no policy", [resourceOf("aws_vpc_endpoint", { policy: null })], "holds"],
    [
      "holds if a condition compares with an empty text",
      policy({ Condition: { StringEquals: { "s3:prefix": [""] } } }),
      "holds",
    ],
    ["holds for a text that is not a policy", [resourceOf("aws_ssm_parameter", { value: '{"a": []}' })], "holds"],
    [
      "holds for a policy of another language",
      [
        resourceOf("aws_cloudwatch_log_data_protection_policy", {
          policy_document: JSON.stringify({ Statement: [{ Operation: { Deidentify: { MaskConfig: {} } } }] }),
        }),
      ],
      "holds",
    ],
    [
      "is broken in a type that no other rule covers",
      policy({ Resource: [] }, "aws_backup_vault_policy"),
      'broken: policy, Do: {"Resource": []}',
    ],
    [
      "is broken if elements have names in lower case",
      [
        resourceOf("aws_iam_policy", {
          policy: JSON.stringify({ statement: [{ action: "s3:GetObject", resource: [] }] }),
        }),
      ],
      'broken: policy, statement: {"resource": []}',
    ],
    ["is broken if no resource is named", policy({ Resource: [] }), 'broken: policy, Do: {"Resource": []}'],
    [
      "is broken if the policy of an endpoint names none",
      policy({ Resource: [] }, "aws_vpc_endpoint"),
      'broken: policy, Do: {"Resource": []}',
    ],
    [
      "is broken if the text of a policy names none",
      [resourceOf("aws_sqs_queue_policy", { policy: JSON.stringify({ Statement: statement({ Resource: [] }) }) })],
      'broken: policy, Do: {"Resource": []}',
    ],
    ["is broken if no action is named", policy({ Action: [] }), 'broken: policy, Do: {"Action": []}'],
    ["is broken if there is no action", policy({ Action: null }), 'broken: policy, Do: {"Action": null}'],
    [
      "is broken if no principal is named",
      policy({ Principal: { AWS: [] } }, "aws_kms_key"),
      'broken: policy, Do: {"Principal": {"AWS": []}}',
    ],
    [
      "is broken if a condition has no value",
      policy({ Condition: { StringEquals: { "aws:PrincipalAccount": [] } } }),
      'broken: policy, Do: {"Condition": {"StringEquals": {"aws:PrincipalAccount": []}}}',
    ],
    [
      "is broken if there are no statements",
      [resourceOf("aws_iam_policy", { policy: new EncodedJson({ Statement: [] }) })],
      'broken: policy: {"Statement": []}',
    ],
    [
      "is unknown if the document is",
      [resourceOf("aws_iam_policy", { policy: new Unknown() })],
      "unknown: policy = (known after apply)",
    ],
  ],
  "policy-size": [
    ["holds at the limit", policy(resources(6144)), "holds"],
    ["is broken above the limit", policy(resources(6145)), "broken: policy: 6145 characters; allowed: 6144"],
    [
      "does not count white space in IAM",
      [resourceOf("aws_iam_policy", { policy: JSON.stringify({ Statement: [statement(resources(6144))] }, null, 8) })],
      "holds",
    ],
    [
      "counts white space in other services",
      [
        resourceOf("aws_sqs_queue_policy", {
          policy: JSON.stringify({ Statement: [statement(resources(8192))] }, null, 8),
        }),
      ],
      "broken: policy: 8350 bytes; allowed: 8192",
    ],
    [
      "counts the escapes of jsonencode",
      policy({ Resource: "<".repeat(1400) }, "aws_sqs_queue_policy"),
      `broken: policy: ${AROUND + 6 * 1400} bytes; allowed: 8192`,
    ],
    [
      "counts the inline policies of a role together",
      [role, inline("one", 5120), inline("other", 5120)],
      "holds",
      "holds",
      "holds",
    ],
    [
      "is broken if together they are larger",
      [role, inline("one", 5120), inline("other", 5121)],
      "holds",
      ...Array.from({ length: 2 }, () => "broken: policy: 10241 characters; allowed: 10240"),
    ],
    [
      "counts the longest ARN that a resource can have",
      [...policy({ Resource: ["r".repeat(5900), key] }), resourceOf("aws_kms_key", {}, { call: "key" })],
      ...["holds", "holds"],
    ],
    [
      "counts the name that a resource has",
      [
        ...policy({ Resource: ["r".repeat(5970), new Reference("module.call.aws_sns_topic.this", "arn")] }),
        resourceOf("aws_sns_topic", { name: "alerts" }),
      ],
      ...["holds", "holds"],
    ],
    [
      "counts the longest id of an identity pool, which is no ARN",
      [
        ...policy({ Resource: ["r".repeat(5990), new Reference("module.call.aws_cognito_identity_pool.this", "id")] }),
        resourceOf("aws_cognito_identity_pool", {}),
      ],
      "holds",
    ],
    ["counts any ARN for the result of a function on one", policy({ Resource: new Unknown([key]) }), "holds"],
    [
      "is unknown if any ARN may not fit",
      policy({ Resource: ["r".repeat(5900), new Unknown([key])] }),
      "unknown: policy: 5988 characters and unknown parts",
    ],
    [
      "is unknown if the longest ARN may not fit",
      policy({ Resource: ["r".repeat(6040), key] }),
      "unknown: policy: 6128 characters and unknown parts",
    ],
    [
      "is unknown if a part can be anything",
      policy({ Resource: new PartialText(["arn:aws:s3:::", new Unknown()]) }),
      `unknown: policy: ${AROUND + 13} characters and unknown parts`,
    ],
    [
      "has another limit for trust",
      [resourceOf("aws_iam_role", { assume_role_policy: document(resources(2049)) })],
      "broken: assume_role_policy: 2049 characters; allowed: 2048",
    ],
    [
      "does not judge tag policies",
      [resourceOf("aws_organizations_policy", { type: "TAG_POLICY", content: "t".repeat(6000) })],
      "holds",
    ],
  ],
});
