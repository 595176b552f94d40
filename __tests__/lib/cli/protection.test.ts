import path from "node:path";
import { GitHubServer } from "../../github-server";
import { CommandFolder } from "../github/command";

jest.setTimeout(60_000);

const folder = new CommandFolder();
const server = new GitHubServer();
const LIB = path.resolve(__dirname, "../../../lib");

const rootProps = (name: string, delivery: object | undefined) => ({
  path: `environments/shop/${name}`,
  source: "main.ts",
  accountId: "111122223333",
  region: "us-east-1",
  backend: {
    bucket: "state",
    region: "us-east-1",
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:alias/state",
    dynamodbTable: "locks",
  },
  tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: name },
  delivery,
});
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const delivery = (environment: string) => ({
  environment,
  wave: 1,
  pullRequestRoleArn: role("pull-request"),
  planRoleArn: role("plan"),
  applyRoleArn: role("apply"),
  plansBucket: "shop-plans",
});
const roots = [rootProps("dev", delivery("shop-dev")), rootProps("lab", undefined)];
folder.write(
  "main.ts",
  `exports.roots = ${JSON.stringify(roots)}.map((props) => new (require(${JSON.stringify(LIB)}).Root)(props));`,
);

const REVIEWERS = {
  id: 1,
  type: "required_reviewers",
  prevent_self_review: true,
  reviewers: [{ type: "Team", reviewer: { slug: "ops" } }],
};
const CUSTOM = { protected_branches: false, custom_branch_policies: true };
const environment = (more: object = {}) => ({
  name: "shop-dev",
  can_admins_bypass: false,
  protection_rules: [{ id: 2, type: "branch_policy" }, REVIEWERS],
  deployment_branch_policy: CUSTOM,
  ...more,
});
const policies = (...names: string[]) => ({
  total_count: names.length,
  branch_policies: names.map((name) => ({ id: 3, name, type: "branch" })),
});

const REVIEWS = {
  dismiss_stale_reviews: true,
  require_code_owner_reviews: true,
  required_approving_review_count: 1,
};
const CLASSIC = {
  required_status_checks: { strict: true, contexts: ["ci"], checks: [{ context: "ci", app_id: 15368 }] },
  required_pull_request_reviews: REVIEWS,
  enforce_admins: { enabled: true },
  allow_force_pushes: { enabled: false },
  allow_deletions: { enabled: false },
};
const rule = (type: string, parameters?: object) => ({
  type,
  ruleset_source_type: "Repository",
  ruleset_source: "shop/infra",
  ruleset_id: 42,
  parameters,
});
const RULES = [
  rule("deletion"),
  rule("non_fast_forward"),
  rule("required_status_checks", {
    strict_required_status_checks_policy: true,
    required_status_checks: [{ context: "ci" }],
  }),
  rule("pull_request", {
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: false,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
  }),
];
const RULESET = { id: 42, name: "main", source: "shop/infra", enforcement: "active", bypass_actors: [] };
const ENVIRONMENTS = ["shop-dev", "approve-security", "approve-data", "approve-removal", "approve-drift"];

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.refusals = { "GET /branches/main/protection": { status: 404, message: "Branch not protected" } };
  server.answers = { "/": { name: "infra" }, "/rules/branches/main": RULES, "/rulesets/42": RULESET };
  for (const name of ENVIRONMENTS) {
    server.answers[`/environments/${name}`] = environment({ name });
    server.answers[`/environments/${name}/deployment-branch-policies`] = policies("main");
  }
});

const check = (...args: string[]) => folder.run(["protection", ...args], server.environment);

/** Classic protection in place of a ruleset. */
function classic(protection: object): void {
  server.refusals = {};
  server.answers["/branches/main/protection"] = protection;
  server.answers["/rules/branches/main"] = [];
}

test.each(["ruleset", "classic protection"])("what is protected as assumed passes: %s", async (kind) => {
  if (kind === "classic protection") classic(CLASSIC);
  expect(await check()).toEqual({
    exitCode: 0,
    stdout: "environments: 5, and main: protected as the workflows assume\n",
    stderr: "",
  });
});

test("each gap of an environment is one line", async () => {
  delete server.answers["/environments/approve-data"];
  server.answers["/environments/approve-drift"] = environment({
    can_admins_bypass: true,
    protection_rules: [{ ...REVIEWERS, prevent_self_review: false }],
    deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
  });
  server.answers["/environments/approve-removal/deployment-branch-policies"] = policies("main", "release/*");
  server.answers["/environments/shop-dev"] = environment({
    can_admins_bypass: undefined,
    protection_rules: [],
    deployment_branch_policy: null,
  });
  expect(await check()).toEqual({
    exitCode: 1,
    stdout: `environment approve-data: got none of this name; allowed: one
environment approve-drift: self-review: got permitted; allowed: prevented
environment approve-drift: administrators: got may pass its rules by; allowed: may not
environment approve-drift: deployment branches: got protected branches; allowed: selected branches, main alone
environment approve-removal: deployment branches: got branch main, branch release/*; allowed: selected branches, main alone
environment shop-dev: required reviewers: got none; allowed: 1 or more
environment shop-dev: administrators: could not be read: GitHub's answer has no can_admins_bypass
environment shop-dev: deployment branches: got every branch; allowed: selected branches, main alone
`,
    stderr: "",
  });
});

test("without required reviewers, code owners have to review", async () => {
  for (const name of ENVIRONMENTS.slice(1)) delete server.answers[`/environments/${name}`];
  server.answers["/environments/shop-dev"] = environment({ can_admins_bypass: true, protection_rules: [] });
  expect(await check("--mode", "codeowners")).toMatchObject({
    exitCode: 0,
    stdout: "environments: 1, and main: protected as the workflows assume\n",
  });
  classic({ ...CLASSIC, required_pull_request_reviews: { ...REVIEWS, require_code_owner_reviews: false } });
  expect(await check("--mode", "codeowners")).toMatchObject({
    exitCode: 1,
    stdout: "branch main: review by code owners: got not required; allowed: required\n",
  });
});

test("a main that nothing protects has every gap", async () => {
  server.answers["/rules/branches/main"] = [];
  expect(await check()).toMatchObject({
    exitCode: 1,
    stdout: `branch main: pull request: got not required; allowed: required
branch main: approvals: got 0; allowed: 1 or more
branch main: approvals of what was pushed over: got kept; allowed: dismissed
branch main: status check ci: got not required; allowed: required
branch main: force pushes: got permitted; allowed: none
branch main: deletion: got permitted; allowed: none
`,
  });
});

test("who may go around what protects main is a gap", async () => {
  classic({
    ...CLASSIC,
    enforce_admins: { enabled: false },
    required_pull_request_reviews: {
      ...REVIEWS,
      bypass_pull_request_allowances: { users: [{ login: "dana" }], teams: [], apps: [] },
    },
  });
  expect(await check()).toMatchObject({
    exitCode: 1,
    stdout: "branch main: who may go around branch protection: got administrators, dana; allowed: nobody\n",
  });
});

describe("what may not be read is neither a gap nor a pass:", () => {
  test("classic protection, where rulesets leave something open", async () => {
    server.refusals = {
      "GET /branches/main/protection": { status: 403, message: "Resource not accessible by integration" },
    };
    expect(await check()).toMatchObject({ exitCode: 0 });
    server.answers["/rules/branches/main"] = RULES.slice(2);
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "branch main: force pushes, deletion: could not be read: GitHub: GET /repos/shop/infra/branches/main/protection: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
    });
  });

  test("who may go around a ruleset", async () => {
    server.answers["/rulesets/42"] = { ...RULESET, bypass_actors: undefined };
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "branch main: who may go around ruleset main: could not be read: GitHub shows it only to a token that may read the repository's administration\n",
    });
  });

  test("by a workflow's token, which need not be able to, but has to see no gap", async () => {
    server.answers["/rulesets/42"] = { ...RULESET, bypass_actors: undefined };
    expect(await check("--as-far-as-readable")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^branch main: who may go around ruleset main: could not be read: .*\n$/),
    });
    server.answers["/environments/shop-dev"] = environment({ protection_rules: [] });
    expect(await check("--as-far-as-readable")).toMatchObject({ exitCode: 1 });
  });

  test("an environment", async () => {
    server.refusals["GET /environments/shop-dev"] = { status: 403, message: "Resource not accessible by integration" };
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "environment shop-dev: could not be read: GitHub: GET /repos/shop/infra/environments/shop-dev: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
    });
  });

  test("the repository itself", async () => {
    delete server.answers["/"];
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: "GitHub: GET /repos/shop/infra: 404 Not Found; there is no such thing, or GITHUB_TOKEN may not see it\n",
    });
  });
});

test("a mode that is none is a wrong use", async () => {
  expect(await check("--mode", "trust")).toMatchObject({
    exitCode: 2,
    stderr: "error: option '--mode <mode>' argument 'trust' is invalid. Allowed choices are environment, codeowners.\n",
  });
});
