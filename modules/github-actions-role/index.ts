import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  CHANGING_FROM,
  condition,
  defineModule,
  type Expression,
  hcl,
  isSet,
  local,
  type PolicyStatement,
  policyDocument,
  REPOSITORY_SUBJECT,
  type Ref,
  readyAfter,
  resource,
  resourceForEach,
  resourceIf,
  resourceName,
  set,
  text,
} from "../../lib";

const GITHUB = "token.actions.githubusercontent.com";

/**
 * The subject of a job with an environment contains only the environment, not the branch: the environment's own rules
 * decide which branches may use it.
 * @see https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 */
const JOBS = text(
  /^(?:pull_request|ref:refs\/(?:heads|tags)\/[\w./-]+|environment:[\w.-]+)$/,
  "pull_request, ref:refs/heads/<branch>, ref:refs/tags/<tag> or environment:<name>, without wildcards",
  "ref:refs/heads/*",
);

/** Lists instead of sets: the number of elements of a set is unknown until all ARNs are known. */
const STATEMENT = z.object({
  effect: z.enum(["Allow", "Deny"]).default("Allow"),
  actions: set(text(/^[a-z0-9-]+:[A-Za-z*]+$/, "an IAM action such as s3:GetObject", "*")).min(1),
  resources: z.array(z.string()).default([]),
  notResources: z.array(z.string()).default([]),
  conditions: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
});

export const GithubActionsRole = defineModule({
  name: "github-actions-role",
  description:
    "A role for one kind of jobs of a GitHub repository: of pull requests, of a branch or tag, or of an environment. No other principal can assume it, and it has a permissions boundary.",
  inputs: {
    name: resourceName(64).describe("Name of the role."),
    description: z.string().min(1).describe("Purpose of the role."),
    providerArn: arnOf("iam").describe("The account's identity provider, from the `github-oidc` module."),
    repository: REPOSITORY_SUBJECT.describe(
      "Repository whose workflows run the jobs, as GitHub sends it in `sub`: `owner/name`, or `owner@<owner id>/name@<repository id>`. `groundplan subject` prints it.",
    ),
    changingFrom: CHANGING_FROM.nullable()
      .default(null)
      .describe(
        "The earlier subject during a planned change: the role also trusts it until the end of the day `until` in UTC. With null, the role trusts only `repository`.",
      ),
    jobs: JOBS.describe(
      "Jobs that may assume the role: `pull_request` for all pull requests, `ref:refs/heads/main` for a branch, `environment:prod` for an environment of GitHub.",
    ),
    permissionsBoundary: z
      .object({ arn: arnOf("iam").describe("ARN of the policy.") })
      .nullable()
      .default(null)
      .describe(
        "Permissions boundary of the role. With null, the role's `statements` are also its boundary. It is an object because Terraform has to know at plan time whether a boundary is given.",
      ),
    managedPolicyArns: set(arnOf("iam")).default([]).describe("Managed policies of AWS or of the account."),
    statements: z
      .record(text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"), STATEMENT)
      .default({})
      .describe(
        "Statements that allow or deny, by statement id: actions on `resources`, or on all except `notResources`, with conditions by operator and key.",
      ),
    maxSessionHours: z
      .int()
      .min(1)
      .max(12)
      .default(1)
      .describe("Maximum session duration. A longer job loses its credentials."),
  },
  rules: [
    {
      inputs: ["permissionsBoundary", "statements"],
      allowed: "a boundary, or statements that are one",
      holds: ({ permissionsBoundary, statements }) =>
        permissionsBoundary !== null || Object.keys(statements).length > 0,
      condition: "var.permissions_boundary != null || length(var.statements) > 0",
      counterexample: { permissionsBoundary: null, statements: {} },
    },
    {
      inputs: ["statements"],
      allowed: "statements with either resources or notResources",
      holds: ({ statements }) =>
        Object.values(statements).every(
          ({ resources, notResources }) => (resources.length === 0) !== (notResources.length === 0),
        ),
      condition:
        "alltrue([for statement in values(var.statements) : (length(statement.resources) == 0) != (length(statement.not_resources) == 0)])",
      counterexample: {
        statements: {
          Read: { effect: "Allow", actions: ["s3:GetObject"], resources: [], notResources: [], conditions: {} },
        },
      },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN for the workflow, available after the role has its policies."),
    name: z.string().describe("Name of the role."),
  },
  example: {
    name: "shop-deploy",
    description: "Pushes images of the shop",
    providerArn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    repository: "example@1/shop@2",
    changingFrom: { repository: "example/shop", until: "2026-12-31" },
    jobs: "environment:prod",
    permissionsBoundary: { arn: "arn:aws:iam::111122223333:policy/delivery-boundary" },
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"],
    statements: {
      PushImages: {
        actions: ["ecr:PutImage"],
        resources: ["arn:aws:ecr:eu-central-1:111122223333:repository/shop/api"],
      },
      DenyOtherImages: {
        effect: "Deny",
        actions: ["ecr:BatchGetImage"],
        notResources: ["arn:aws:ecr:eu-central-1:111122223333:repository/shop/api"],
      },
    },
  },
  build(scope, input) {
    const permissions = policyDocument(
      scope,
      "permissions",
      hcl`[for sid, statement in ${input.statements} : merge({ Sid = sid, Effect = statement.effect, Action = sort(statement.actions) }, { for name, arns in { Resource = statement.resources, NotResource = statement.not_resources } : name => arns if length(arns) > 0 }, { for name, conditions in { Condition = statement.conditions } : name => conditions if length(conditions) > 0 })]`,
    );
    const boundary = resourceIf(scope, IamPolicy, "boundary", condition`${input.permissionsBoundary} == null`, {
      name: `${input.name}-boundary`,
      description: `As far as ${input.name} goes`,
      policy: permissions,
    });
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: input.description,
      maxSessionDuration: hcl<number>`${input.maxSessionHours} * 3600`,
      permissionsBoundary: isSet(input.permissionsBoundary)<string | null>(({ arn }) => arn, boundary.get("arn")),
      assumeRolePolicy: policyDocument(scope, "trust", trust(scope, input)),
    });
    const attached = resourceForEach(scope, IamRolePolicyAttachment, "this", input.managedPolicyArns, (policyArn) => ({
      role: role.name,
      policyArn,
    }));
    const own = resourceIf(scope, IamRolePolicy, "this", condition`length(${input.statements}) > 0`, {
      name: "permissions",
      role: role.id,
      policy: permissions,
    });
    return { arn: readyAfter(role.arn, attached, own), name: role.name };
  },
});

interface TrustInputs {
  readonly providerArn: Expression<string>;
  readonly repository: Expression<string>;
  readonly changingFrom: Ref<z.infer<typeof CHANGING_FROM> | null>;
  readonly jobs: Expression<string>;
}

/**
 * The trust of the earlier subject ends automatically, because AWS compares the time of the request. Anybody can register
 * an unused name, so that it must not stay trusted if the last apply of the change is forgotten.
 */
function trust(scope: Construct, { providerArn, repository, changingFrom, jobs }: TrustInputs) {
  const statement = (sid: string, subject: Expression<string>, ends = {}): PolicyStatement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com", [`${GITHUB}:sub`]: `repo:${subject}:${jobs}` },
      ...ends,
    },
  });
  const lasting = local<object>(scope, "lasting_trust", statement("AssumeByJobs", repository));
  const ending = isSet(changingFrom)<object[]>(
    (former) => [
      statement("AssumeByJobsUntilChanged", former.repository, {
        DateLessThanEquals: { "aws:CurrentTime": `${former.until}T23:59:59Z` },
      }),
    ],
    [],
  );
  return hcl`concat([${lasting}], ${ending})`;
}
