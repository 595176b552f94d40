import { OrganizationsAccount } from "@cdktf/provider-aws/lib/organizations-account";
import { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  defineModule,
  EMAIL_ADDRESS,
  type Expression,
  hcl,
  type Ref,
  readyAfter,
  resource,
  resourceForEach,
  set,
  text,
} from "../../lib";
import { attachPolicies, MOST_POLICIES, POLICY } from "./policies";
import { organizationalUnits } from "./units";

const NAME = text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name");

const UNIT = text(
  /^[A-Z][A-Za-z]*(?:\/[A-Z][A-Za-z]*)?$/,
  "a unit such as Workloads, or a unit in another such as Workloads/Prod",
  "a/b/c",
);

export const Organization = defineModule({
  name: "organization",
  description:
    "An AWS organization: organizational units, accounts, and service control policies, which limit every principal of the accounts below a unit except service-linked roles. It is called in the management account, which no policy limits. Terraform neither deletes the organization and its units nor closes or removes an account.",
  inputs: {
    servicePrincipals: set(text(/^[a-z0-9.-]+\.amazonaws\.com$/, "a service principal", "cloudtrail"))
      .min(1)
      .describe(
        "Services that may act in all accounts. The list is complete: an apply disables each service that is missing from it, also if the service enabled itself.",
      ),
    units: set(UNIT)
      .min(1)
      .describe(
        "Organizational units, such as `Workloads` and `Workloads/Prod`. A new parent replaces a unit, and a unit with accounts cannot be deleted.",
      ),
    accounts: z
      .record(
        NAME,
        z.object({
          email: EMAIL_ADDRESS.describe("Address of the root user, which no other account of AWS has."),
          unit: UNIT.describe("Unit of the account, one of `units`. A move changes the account in place."),
        }),
      )
      .describe(
        "Accounts other than the management account, by name. Import an existing account into `aws_organizations_account.this`; a new account is created, and its own root is applied later.",
      ),
    policies: z
      .record(NAME, POLICY)
      .default({})
      .describe(
        "Service control policies, by name: statements that deny, by statement id, and the units that they are attached to.",
      ),
  },
  rules: [
    {
      inputs: ["units"],
      allowed: "units whose parents are in the list",
      holds: ({ units }) => units.every((unit) => !unit.includes("/") || units.includes(unit.split("/")[0] ?? "")),
      condition: 'alltrue([for unit in var.units : contains(var.units, split("/", unit)[0])])',
      counterexample: { units: ["Workloads/Prod"], accounts: {}, policies: {} },
    },
    {
      inputs: ["accounts", "units"],
      allowed: "accounts in units of the organization",
      holds: ({ accounts, units }) => Object.values(accounts).every(({ unit }) => units.includes(unit)),
      condition: "alltrue([for account in values(var.accounts) : contains(var.units, account.unit)])",
      counterexample: {
        accounts: { dev: { email: "dev@example.com", unit: "Sandbox" } },
        units: ["Security"],
        policies: {},
      },
    },
    {
      inputs: ["units", "policies"],
      allowed: "policies for units of the organization",
      holds: ({ policies, units }) =>
        Object.values(policies).every((policy) => policy.units.every((unit) => units.includes(unit))),
      condition: "length(setsubtract(flatten([for policy in values(var.policies) : policy.units]), var.units)) == 0",
      counterexample: { policies: { base: { ...leave(), units: ["Sandbox"] } }, units: ["Security"] },
    },
    {
      inputs: ["units", "policies"],
      allowed: `at most ${MOST_POLICIES} policies for a unit, because AWS attaches five, and FullAWSAccess is one`,
      holds: ({ units, policies }) => {
        const attached = Object.values(policies).flatMap((policy) => policy.units);
        return units.every((unit) => attached.filter((other) => other === unit).length <= MOST_POLICIES);
      },
      condition: `alltrue([for unit in var.units : length([for policy in values(var.policies) : true if contains(policy.units, unit)]) <= ${MOST_POLICIES}])`,
      counterexample: {
        units: ["Workloads"],
        accounts: {},
        policies: Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, leave()])),
      },
    },
    {
      inputs: ["policies"],
      allowed: "statements with either actions or notActions",
      holds: ({ policies }) =>
        Object.values(policies)
          .flatMap(({ statements }) => Object.values(statements))
          .every(({ actions, notActions }) => (actions.length === 0) !== (notActions.length === 0)),
      condition:
        "alltrue(flatten([for policy in values(var.policies) : [for statement in values(policy.statements) : (length(statement.actions) == 0) != (length(statement.not_actions) == 0)]]))",
      counterexample: {
        policies: { base: { ...leave(), statements: { Nothing: { ...leave().statements.DenyLeaving, actions: [] } } } },
      },
    },
  ],
  outputs: {
    id: z.string().describe("Id of the organization: `o-…`."),
    accountIds: z
      .record(z.string(), z.string())
      .describe("Ids of the accounts, by name, available after the services may act in all accounts."),
  },
  example: {
    servicePrincipals: ["cloudtrail.amazonaws.com"],
    units: ["Security", "Workloads", "Workloads/Prod"],
    accounts: { "shop-prod": { email: "aws+shop-prod@example.com", unit: "Workloads/Prod" } },
    policies: {
      base: leave(),
      regions: {
        description: "No request to other regions",
        units: ["Workloads"],
        statements: {
          DenyOtherRegions: {
            notActions: ["iam:*", "organizations:*", "sts:*"],
            conditions: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
          },
        },
      },
    },
  },
  build(scope, input) {
    const organization = resource(scope, OrganizationsOrganization, "this", {
      featureSet: "ALL",
      awsServiceAccessPrincipals: input.servicePrincipals,
      enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
      lifecycle: { preventDestroy: true },
    });
    const unitIds = organizationalUnits(scope, organization, input.units);
    const accounts = membersOf(scope, input.accounts, unitIds);
    attachPolicies(scope, organization, input.policies, unitIds);
    return { id: organization.id, accountIds: readyAfter(accounts.all("id"), organization) };
  },
});

/** A member. The provider replaces an account if an argument of its creation is added, which the state of an import lacks. */
function membersOf(
  scope: Construct,
  accounts: Ref<Record<string, { email: string; unit: string }>>,
  unitIds: Expression<Record<string, string>>,
) {
  return resourceForEach(scope, OrganizationsAccount, "this", accounts, ({ email, unit }, name) => ({
    name,
    email,
    parentId: hcl<string>`${unitIds}[${unit}]`,
    closeOnDeletion: false,
    lifecycle: { preventDestroy: true, ignoreChanges: ["roleName", "iamUserAccessToBilling"] as const },
  }));
}

function leave() {
  return {
    description: "No account leaves the organization",
    units: ["Workloads"],
    statements: {
      DenyLeaving: { actions: ["organizations:LeaveOrganization"], notActions: [], resources: ["*"], conditions: {} },
    },
  };
}
