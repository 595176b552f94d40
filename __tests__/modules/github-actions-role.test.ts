import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { GithubActionsRole } from "../../modules/github-actions-role";
import { GithubOidc } from "../../modules/github-oidc";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  description: "Deploys the shop",
  providerArn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
  repository: "example/shop",
  permissionsBoundary: { arn: "arn:aws:iam::111122223333:policy/delivery-boundary" },
};

describePlan(
  "roles of a repository's jobs",
  (root) => {
    const github = new GithubOidc(root, "github", {});
    const roles = { ...base, providerArn: github.arn };
    new GithubActionsRole(root, "plain", { ...roles, name: "shop-plain", jobs: "pull_request" });
    new GithubActionsRole(root, "with_ids", {
      ...roles,
      name: "shop-with-ids",
      jobs: "ref:refs/heads/main",
      repository: "example@1/shop@2",
    });
    new GithubActionsRole(root, "changing", {
      ...roles,
      name: "shop-changing",
      jobs: "pull_request",
      repository: "example@1/store@2",
      changingFrom: { repository: "example/shop", until: "2026-12-20" },
    });
    new GithubActionsRole(root, "alone", {
      ...roles,
      permissionsBoundary: null,
      name: "shop-alone",
      jobs: "environment:records",
      statements: { Read: { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] } },
    });
    new GithubActionsRole(root, "deploy", {
      ...roles,
      name: "shop-deploy",
      jobs: "environment:prod",
      managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      maxSessionHours: 4,
      statements: {
        PushImages: {
          actions: ["ecr:PutImage", "ecr:InitiateLayerUpload"],
          resources: ["arn:aws:ecr:*:*:repository/shop"],
        },
        DenyOtherObjects: { effect: "Deny", actions: ["s3:GetObject"], notResources: ["arn:aws:s3:::shop/*"] },
        PassRole: {
          actions: ["iam:PassRole"],
          resources: ["arn:aws:iam::111122223333:role/shop"],
          conditions: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } },
        },
      },
    });
  },
  (plan) => {
    const trust = (sub: string, ends = {}) => ({
      Effect: "Allow",
      Principal: { Federated: arnOf("module.github.aws_iam_openid_connect_provider.this") },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": sub,
        },
        ...ends,
      },
    });
    const trusted = (module: string) => plan().statements(`module.${module}.aws_iam_role.this`, "assume_role_policy");

    test("trust exactly one kind of job of exactly one repository, and AWS's audience", () => {
      expect(trusted("plain")).toEqual({ AssumeByJobs: trust("repo:example/shop:pull_request") });
      expect(trusted("deploy")).toEqual({ AssumeByJobs: trust("repo:example/shop:environment:prod") });
      expect(trusted("with_ids")).toEqual({ AssumeByJobs: trust("repo:example@1/shop@2:ref:refs/heads/main") });
    });

    test("trust the subject before a planned change until the end of its last day", () => {
      expect(trusted("changing")).toEqual({
        AssumeByJobs: trust("repo:example@1/store@2:pull_request"),
        AssumeByJobsUntilChanged: trust("repo:example/shop:pull_request", {
          DateLessThanEquals: { "aws:CurrentTime": "2026-12-20T23:59:59Z" },
        }),
      });
    });

    test("stay within the boundary, for an hour unless told", () => {
      const boundary = { permissions_boundary: base.permissionsBoundary.arn };
      expect(plan().values("module.plain.aws_iam_role.this")).toMatchObject({
        ...boundary,
        max_session_duration: 3600,
      });
      expect(plan().values("module.deploy.aws_iam_role.this")).toMatchObject({
        ...boundary,
        name: "shop-deploy",
        max_session_duration: 14400,
      });
    });

    test("without a boundary have their own statements as one", () => {
      expect(plan().values("module.alone.aws_iam_role.this")).toMatchObject({
        permissions_boundary: arnOf("module.alone.aws_iam_policy.boundary[0]"),
      });
      const statements = plan().statements("module.alone.aws_iam_role_policy.this[0]");
      expect(statements).toMatchObject({ Read: { Action: ["s3:GetObject"] } });
      expect(plan().statements("module.alone.aws_iam_policy.boundary[0]")).toEqual(statements);
      expect(plan().addresses).not.toContain("module.plain.aws_iam_policy.boundary[0]");
    });

    test("may do nothing unless told", () => {
      const granted = plan().addresses.filter((address) => /^module\.plain\.aws_iam_role_policy/.test(address));
      expect(granted).toEqual([]);
    });

    test("may do what their statements and policies say", () => {
      expect(plan().all("aws_iam_role_policy_attachment")).toMatchObject([
        { values: { role: "shop-deploy", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
      ]);
      expect(plan().statements("module.deploy.aws_iam_role_policy.this[0]")).toEqual({
        DenyOtherObjects: { Effect: "Deny", Action: ["s3:GetObject"], NotResource: ["arn:aws:s3:::shop/*"] },
        PassRole: {
          Effect: "Allow",
          Action: ["iam:PassRole"],
          Resource: ["arn:aws:iam::111122223333:role/shop"],
          Condition: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } },
        },
        PushImages: {
          Effect: "Allow",
          Action: ["ecr:InitiateLayerUpload", "ecr:PutImage"],
          Resource: ["arn:aws:ecr:*:*:repository/shop"],
        },
      });
    });
  },
);

test("a role is handed on once it has its policies", () => {
  expect(emitted(GithubActionsRole, "outputs.tf.json")).toMatchObject({
    output: { arn: { depends_on: ["aws_iam_role_policy_attachment.this", "aws_iam_role_policy.this"] } },
  });
});

test.each([
  ["every branch", "ref:refs/heads/*"],
  ["everything of the repository", "*"],
  ["environments by a pattern", "environment:prod-?"],
])("jobs cannot be %s", (_, jobs) => {
  const message = failure(() => new GithubActionsRole(newRoot(), "role", { ...base, name: "shop", jobs })).message;
  expect(message).toContain(
    `jobs: got "${jobs}"; allowed: text, pull_request, ref:refs/heads/<branch>, ref:refs/tags/<tag> or environment:<name>, without wildcards`,
  );
});

test.each([
  ["without a name", "example"],
  ["by a pattern", "example/*"],
  ["by a pattern of ids", "example@*/shop@2"],
  ["with the owner's id alone", "example@1/shop"],
  ["with its own id alone", "example/shop@2"],
  ["with ids that are no numbers", "example@one/shop@two"],
  ["with the part about the job", "example@1/shop@2:pull_request"],
])("a repository cannot be given %s", (_, repository) => {
  const form = "text, owner/name, or owner@<owner id>/name@<repository id>, without wildcards";
  const inputs = { ...base, name: "shop", jobs: "pull_request" };
  const message = (more: object) =>
    failure(() => new GithubActionsRole(newRoot(), "role", { ...inputs, ...more })).message;
  expect(message({ repository })).toContain(`repository: got "${repository}"; allowed: ${form}`);
  expect(message({ changingFrom: { repository, until: "2026-12-20" } })).toContain(
    `changingFrom.repository: got "${repository}"; allowed: ${form}`,
  );
});

test("a planned change passes the guardrails from 30 days before its last day to the end of it", () => {
  const root = newRoot();
  new GithubActionsRole(root, "role", {
    ...base,
    name: "shop",
    jobs: "pull_request",
    repository: "example@1/shop@2",
    changingFrom: { repository: "example/shop", until: "2026-12-20" },
  });
  const tree = new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
  const broken = (today: string) =>
    judgeRoot(tree.root(root.address), [], today).broken.map(({ guardrail, got }) => `${guardrail.id}: ${got}`);
  const got = "trust-github-repository: assume_role_policy: repo:example/shop until 2026-12-20T23:59:59Z";
  expect(["2026-11-19", "2026-11-20", "2026-12-20", "2026-12-21"].map((day) => broken(day).includes(got))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test("a planned change has a last day", () => {
  const changingFrom = { repository: "example/shop", until: "soon" };
  const inputs = { ...base, name: "shop", jobs: "pull_request", changingFrom };
  expect(failure(() => new GithubActionsRole(newRoot(), "role", inputs)).message).toContain(
    'changingFrom.until: got "soon"; allowed: text, a day such as 2026-12-31',
  );
});

test("a statement about nothing, or about some things and all others, is refused", () => {
  const statements = {
    About: { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a"], notResources: ["arn:aws:s3:::b"] },
  };
  const inputs = { ...base, name: "shop", jobs: "pull_request", statements };
  expect(failure(() => new GithubActionsRole(newRoot(), "role", inputs)).message).toContain(
    "allowed: statements with either resources or notResources",
  );
});
