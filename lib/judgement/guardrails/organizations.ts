/** Organizations of AWS: their accounts, their service control policies, and who administers services in all accounts. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isList, Unordered } from "../hcl";
import { accompanied, all, allows, byType, equals, keptFromDestruction, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import type { Statement } from "./policies";
import { judgeStatements } from "./statements";
import { named, stemsFromNothing } from "./values";

const ACCOUNT = "aws_organizations_account";
const ATTACHMENT = "aws_organizations_policy_attachment";
const CONTROL_POLICIES = "SERVICE_CONTROL_POLICY";

/** The argument of each type that names the administrator. */
const ADMINISTRATOR: Readonly<Record<string, string>> = {
  aws_cloudtrail_organization_delegated_admin_account: "account_id",
  aws_fms_admin_account: "account_id",
  aws_guardduty_organization_admin_account: "admin_account_id",
  aws_inspector2_delegated_admin_account: "account_id",
  aws_macie2_organization_admin_account: "admin_account_id",
  aws_organizations_delegated_administrator: "account_id",
  aws_securityhub_organization_admin_account: "admin_account_id",
};

/** The provider keeps a deleted policy or attachment in AWS, where nothing manages it. */
const notLeftBehind = equals("skip_destroy", false, null);

export const ORGANIZATIONS = [
  {
    id: "organization-all-features",
    title: "An organization has all features, and service control policies",
    why: "An organization for consolidated billing has no policies: an administrator of any account can disable its trail, leave the organization or work in any region. A change of the feature set replaces the organization.",
    severity: "critical",
    controls: { soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: `feature_set = ALL, and enabled_policy_types with ${CONTROL_POLICIES}`,
    types: ["aws_organizations_organization"],
    judge: all(
      equals("feature_set", "ALL", null),
      allows("enabled_policy_types", (types) => elementsOf(types).includes(CONTROL_POLICIES)),
    ),
  },
  {
    id: "organization-destroy-prevented",
    title: "Terraform cannot destroy an organization, its units and its accounts",
    why: "A destroyed organization ends every policy and every delegation. An account that is removed from it keeps its resources without any limit.",
    severity: "critical",
    controls: { soc2: ["A1.2", "CC6.3", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "lifecycle.prevent_destroy = true",
    types: ["aws_organizations_organization", "aws_organizations_organizational_unit", ACCOUNT],
    judge: keptFromDestruction,
  },
  {
    id: "organization-account-not-closed",
    title: "Terraform does not close an account",
    why: "A closed account is suspended with all its data, and deleted for good after 90 days. A person closes an account.",
    severity: "critical",
    controls: { soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "close_on_deletion = false, which is the default",
    types: [ACCOUNT],
    judge: equals("close_on_deletion", false, null),
  },
  {
    id: "organization-policy-attached",
    title: "A policy of an organization is attached, and Terraform deletes what it no longer describes",
    why: "A policy without an attachment limits nobody. With skip_destroy, a policy or an attachment that left the source stays in AWS, where no review sees it.",
    severity: "high",
    controls: { soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: `an ${ATTACHMENT} for each policy, both without skip_destroy`,
    types: ["aws_organizations_policy", ATTACHMENT],
    judge: byType({
      aws_organizations_policy: all(notLeftBehind, accompanied(ATTACHMENT, "policy_id")),
      [ATTACHMENT]: notLeftBehind,
    }),
  },
  {
    id: "organization-policy-denies",
    title: "A service control policy denies, and exempts only roles that it names",
    why: "A policy that allows limits nothing beside FullAWSAccess, and an exemption of every role lets everybody do what the policy denies.",
    severity: "high",
    controls: { soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "statements with Effect = Deny; in exemptions by aws:PrincipalArn, names of roles with a fixed beginning",
    types: ["aws_organizations_policy"],
    judge: denies,
  },
  {
    id: "organization-administered-by-member",
    title: "An account of the organization administers its services",
    why: "The administrator reads the findings and the trails of all accounts, and can stop their collection. An account that the root does not have is not governed by its policies.",
    severity: "critical",
    controls: { soc2: ["CC6.1", "CC6.3", "CC7.2"], gdpr: ["32(1)(b)"] },
    allowed: `the id of an ${ACCOUNT} of the root`,
    types: Object.keys(ADMINISTRATOR),
    judge: administeredByMember,
  },
] as const satisfies readonly ResourceGuardrail[];

function elementsOf(value: HclValue): readonly HclValue[] {
  if (value instanceof Unordered) return elementsOf(value.elements);
  return isList(value) ? value : [];
}

/** Policies of other types have another language. */
function denies({ values }: ResourceInstance): Verdict {
  const { type = null } = values;
  if (typeof type === "string" && type !== CONTROL_POLICIES) return HOLDS;
  return judgeStatements(values, "content", (statements) => worst(statements.map(judgeDenial)));
}

function judgeDenial(statement: Statement): Verdict {
  const place = `content, ${statement.sid}`;
  if (statement.effect !== "Deny") return broken(`${place}: Effect = ${show(statement.effect)}`);
  const exempt = statement.conditions
    .filter(({ test, key }) => /^(?:arn|string)not/.test(test) && key === "aws:principalarn")
    .flatMap(({ values }) => values);
  const wrong = exempt.find((principal) => !stemsFromNothing(principal) && !NAMED_ROLE.test(String(principal)));
  if (wrong !== undefined) return broken(`${place}: exempts ${show(wrong)}`);
  const open = exempt.find(stemsFromNothing);
  return open === undefined ? HOLDS : undecided(`${place}: exempts ${show(open)}`);
}

/** A role of any account, by a name with a fixed beginning after its path. */
const NAMED_ROLE = /^arn:aws[a-z-]*:iam::(?:\*|\d{12}):role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{3,}\*?$/;

function administeredByMember({ type, values }: ResourceInstance, root: RootConfiguration): Verdict {
  const argument = ADMINISTRATOR[type] ?? "account_id";
  const account = values[argument] ?? null;
  if (named(account, ACCOUNT, root) !== undefined) return HOLDS;
  const got = `${argument} = ${show(account)}`;
  return stemsFromNothing(account) ? undecided(got) : broken(got);
}
