/** Service control policies and their attachments. */
import type { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import type { Construct } from "constructs";
import { z } from "zod";
import { type Expression, hcl, jsonencode, type Ref, type Resource, resourceForEach, set, text } from "../../lib";

/**
 * Five policies of a target, one of which is FullAWSAccess.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const MOST_POLICIES = 4;

const ACTIONS = z.array(
  text(/^(?:\*|[a-z0-9-]+:[A-Za-z*]+)$/, "an IAM action such as s3:GetObject, or * for all", "S3"),
);

export const POLICY = z.object({
  description: z.string().min(1).max(512).describe("What the policy prevents."),
  statements: z.record(
    text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"),
    z.object({
      actions: ACTIONS.default([]).describe("Denied actions."),
      notActions: ACTIONS.default([]).describe("Actions that are not denied; all others are."),
      resources: z.array(z.string().min(1)).default(["*"]).describe("Resources of the denial."),
      conditions: z
        .record(z.string(), z.record(z.string(), z.array(z.string())))
        .default({})
        .describe("Conditions of the denial, by operator and key."),
    }),
  ),
  units: set(z.string()).describe("Units whose accounts the policy limits. With an empty set, it limits nobody."),
});

/** Denials only: what an organization allows stays with AWS's policy FullAWSAccess, which every unit has. */
export function attachPolicies(
  scope: Construct,
  organization: Resource<OrganizationsOrganization>,
  policies: Ref<Record<string, z.infer<typeof POLICY>>>,
  unitIds: Expression<Record<string, string>>,
): void {
  const made = resourceForEach(scope, OrganizationsPolicy, "this", policies, ({ description, statements }, name) => ({
    name,
    description,
    type: "SERVICE_CONTROL_POLICY",
    content: jsonencode({
      Version: "2012-10-17",
      Statement: hcl`[for sid, statement in ${statements} : merge({ Sid = sid, Effect = "Deny", Resource = statement.resources }, { for element, actions in { Action = statement.actions, NotAction = statement.not_actions } : element => actions if length(actions) > 0 }, { for element, conditions in { Condition = statement.conditions } : element => conditions if length(conditions) > 0 })]`,
    }),
    dependsOn: [organization],
  }));
  const attachments = hcl<
    Record<string, { policy: string; unit: string }>
  >`merge([for name, policy in ${policies} : { for unit in policy.units : format("%s:%s", name, unit) => { policy = name, unit = unit } }]...)`;
  resourceForEach(scope, OrganizationsPolicyAttachment, "this", attachments, (attached) => ({
    policyId: hcl<string>`${made}[${attached}.policy].id`,
    targetId: hcl<string>`${unitIds}[${attached}.unit]`,
  }));
}
