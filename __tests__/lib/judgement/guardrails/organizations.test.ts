import { ORGANIZATIONS } from "../../../../lib/judgement/guardrails/organizations";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const PROTECTED = { lifecycle: { prevent_destroy: true } };
const organization = (values: Values, more: object = PROTECTED) =>
  resourceOf("aws_organizations_organization", { enabled_policy_types: ["SERVICE_CONTROL_POLICY"], ...values }, more);
const unit = (more: object) => resourceOf("aws_organizations_organizational_unit", { name: "Sandbox" }, more);
const account = (values: Values, more: object = PROTECTED) =>
  resourceOf("aws_organizations_account", { name: "dev", ...values }, more);
const accountId = new Reference("module.call.aws_organizations_account.this", "id");
const administrator = (account_id: HclValue) =>
  resourceOf("aws_organizations_delegated_administrator", { account_id, service_principal: "config.amazonaws.com" });
const policy = (values: Values) => resourceOf("aws_organizations_policy", values);
const attachment = (values: Values = {}) =>
  resourceOf("aws_organizations_policy_attachment", {
    policy_id: new Reference("module.call.aws_organizations_policy.this", "id"),
    target_id: "ou-1",
    ...values,
  });
const deny = (more: object, type = "SERVICE_CONTROL_POLICY") => {
  const statement = { Sid: "Deny", Effect: "Deny", Action: "guardduty:Delete*", Resource: "*", ...more };
  return policy({ type, content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) });
};
const exempting = (principal: string, operator = "ArnNotLike") =>
  deny({ Condition: { [operator]: { "aws:PrincipalArn": [principal] } } });

proveRows(ORGANIZATIONS, {
  "organization-all-features": [
    [
      "holds with all features, which is the default",
      [organization({}), organization({ feature_set: "ALL" })],
      "holds",
      "holds",
    ],
    [
      "is broken by consolidated billing",
      [organization({ feature_set: "CONSOLIDATED_BILLING" })],
      'broken: feature_set = "CONSOLIDATED_BILLING"',
    ],
    [
      "is broken without service control policies",
      [organization({ enabled_policy_types: ["TAG_POLICY"] })],
      'broken: enabled_policy_types = ["TAG_POLICY"]',
    ],
    [
      "is unknown if the types are known only after the apply",
      [organization({ enabled_policy_types: unknown })],
      "unknown: enabled_policy_types = (known after apply)",
    ],
  ],
  "organization-destroy-prevented": [
    ["holds with prevent_destroy", [organization({}), unit(PROTECTED), account({})], "holds", "holds", "holds"],
    [
      "is broken without it",
      [organization({}, {}), unit({}), account({}, { lifecycle: { prevent_destroy: false } })],
      "broken: lifecycle.prevent_destroy = null",
      "broken: lifecycle.prevent_destroy = null",
      "broken: lifecycle.prevent_destroy = false",
    ],
  ],
  "organization-account-not-closed": [
    ["holds by default and with false", [account({}), account({ close_on_deletion: false })], "holds", "holds"],
    ["is broken with true", [account({ close_on_deletion: true })], "broken: close_on_deletion = true"],
    [
      "is unknown as a variable",
      [account({ close_on_deletion: unknown })],
      "unknown: close_on_deletion = (known after apply)",
    ],
  ],
  "organization-policy-attached": [
    ["holds with an attachment", [policy({}), attachment()], "holds", "holds"],
    [
      "is broken without one",
      [policy({})],
      "broken: no aws_organizations_policy_attachment whose policy_id names this resource",
    ],
    [
      "is broken if the policy or its attachment stays in AWS",
      [policy({ skip_destroy: true }), attachment({ skip_destroy: true })],
      "broken: skip_destroy = true",
      "broken: skip_destroy = true",
    ],
  ],
  "organization-policy-denies": [
    [
      "holds with denials, with roles that are exempt by name, and for policies of other types",
      [
        deny({}),
        exempting("arn:aws:iam::*:role/delivery-apply-*"),
        exempting(
          "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin*",
          "StringNotLike",
        ),
        deny({ Effect: "Allow" }, "TAG_POLICY"),
      ],
      "holds",
      "holds",
      "holds",
      "holds",
    ],
    ["is broken by a statement that allows", [deny({ Effect: "Allow" })], 'broken: content, Deny: Effect = "Allow"'],
    [
      "is broken by an exemption of every role, of every principal or of a whole account",
      [
        exempting("arn:aws:iam::*:role/*"),
        exempting("*"),
        exempting("arn:aws:iam::111122223333:*"),
        exempting("arn:aws:iam::*:user/ana"),
      ],
      'broken: content, Deny: exempts "arn:aws:iam::*:role/*"',
      'broken: content, Deny: exempts "*"',
      'broken: content, Deny: exempts "arn:aws:iam::111122223333:*"',
      'broken: content, Deny: exempts "arn:aws:iam::*:user/ana"',
    ],
    [
      "is unknown if the content is known only after the apply",
      [policy({ content: unknown })],
      "unknown: content = (known after apply)",
    ],
  ],
  "organization-administered-by-member": [
    ["holds for an account of the root", [administrator(accountId), account({})], "holds"],
    [
      "is broken by any other account",
      [administrator("999999999999"), account({})],
      'broken: account_id = "999999999999"',
    ],
    ["is unknown as a variable", [administrator(unknown), account({})], "unknown: account_id = (known after apply)"],
  ],
});
