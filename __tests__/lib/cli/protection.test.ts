import type { Mode } from "../../../lib/generator/root/approval-modes";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import {
  CLASSIC,
  environment,
  main,
  policies,
  REPOSITORY,
  REVIEWERS,
  REVIEWS,
  RULES,
  RULESET,
  rootProps,
  rule,
  SUBJECT_BY_IDS,
  SUBJECT_BY_NAME,
  SUBJECT_PATH,
} from "./protected";

jest.setTimeout(60_000);

const folder = new CommandFolder();
const withoutReviewers = new CommandFolder();
const both = new CommandFolder();
const elsewhere = new CommandFolder();
const server = runningGitHub();
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const delivery = (environment: string, approval: Mode = "environment") => ({
  approval,
  environment,
  wave: 1,
  pullRequestRoleArn: role("pull-request"),
  planRoleArn: role("plan"),
  applyRoleArn: role("apply"),
  plansBucket: "shop-plans",
});
const roots = [rootProps("dev", delivery("shop-dev")), rootProps("lab")];
folder.write("main.ts", main(roots));
elsewhere.write("main.ts", main([rootProps("dev")]));
withoutReviewers.write("main.ts", main([rootProps("dev", delivery("shop-dev", "codeowners"))]));

const ENVIRONMENTS = ["shop-dev", "approve-security", "approve-data", "approve-removal", "approve-drift"];

beforeEach(() => {
  server.refusals = { "GET /branches/main/protection": { status: 404, message: "Branch not protected" } };
  server.answers = {
    "/": REPOSITORY,
    [SUBJECT_PATH]: SUBJECT_BY_NAME,
    "/rules/branches/main": RULES,
    "/rulesets/42": RULESET,
  };
  for (const name of ENVIRONMENTS) {
    server.answers[`/environments/${name}`] = environment({ name });
    server.answers[`/environments/${name}/deployment-branch-policies`] = policies("main");
  }
});

const check = (...args: string[]) => folder.run(["protection", ...args], server.environment);

/** Classic protection instead of a ruleset. */
function classic(protection: object): void {
  server.refusals = {};
  server.answers["/branches/main/protection"] = protection;
  server.answers["/rules/branches/main"] = [];
}

test.each(["ruleset", "classic protection"])("a repository without problems passes: %s", async (kind) => {
  if (kind === "classic protection") classic(CLASSIC);
  expect(await check()).toEqual({
    exitCode: 0,
    stdout: "environments: 5, main, OIDC subject: no problems\n",
    stderr: "",
  });
});

test("each problem of an environment is one line", async () => {
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
    stdout: `environment approve-data: got no such environment; allowed: an environment with this name
environment approve-drift: self-review: got allowed; allowed: prevented
environment approve-drift: bypass by administrators: got allowed; allowed: not allowed
environment approve-drift: deployment branches: got protected branches; allowed: selected branches: only branch main
environment approve-removal: deployment branches: got selected branches: branch main, branch release/*; allowed: selected branches: only branch main
environment shop-dev: required reviewers: got none; allowed: 1 or more
environment shop-dev: bypass by administrators: cannot be read: GitHub's response has no can_admins_bypass
environment shop-dev: deployment branches: got no restriction; allowed: selected branches: only branch main
`,
    stderr: "",
  });
});

test("in the mode codeowners, environments need no required reviewers", async () => {
  for (const name of ENVIRONMENTS.slice(1)) delete server.answers[`/environments/${name}`];
  server.answers["/environments/shop-dev"] = environment({ can_admins_bypass: true, protection_rules: [] });
  expect(await withoutReviewers.run(["protection"], server.environment)).toMatchObject({
    exitCode: 0,
    stdout: "environments: 1, main, OIDC subject: no problems\n",
  });
});

test("each environment is checked for the mode of its roots, and a shared one for the stricter mode", async () => {
  const root = (name: string, environment: string, mode: Mode) => rootProps(name, delivery(environment, mode));
  both.write(
    "main.ts",
    main([
      root("dev", "shop-dev", "environment"),
      root("lab", "shop-lab", "codeowners"),
      root("one", "shop-both", "environment"),
      root("two", "shop-both", "codeowners"),
    ]),
  );
  for (const name of ["shop-lab", "shop-both"]) {
    server.answers[`/environments/${name}`] = environment({ name, protection_rules: [] });
    server.answers[`/environments/${name}/deployment-branch-policies`] = policies("main");
  }
  expect(await both.run(["protection"], server.environment)).toMatchObject({
    exitCode: 1,
    stdout: "environment shop-both: required reviewers: got none; allowed: 1 or more\n",
  });
});

test.each(["ruleset", "classic protection"])(
  "%s: a review by code owners and an approval of the most recent push are required",
  async (kind) => {
    if (kind === "ruleset") {
      const parameters = { require_code_owner_review: false, require_last_push_approval: undefined };
      server.answers["/rules/branches/main"] = RULES.map((one) =>
        one.type === "pull_request" ? { ...one, parameters: { ...one.parameters, ...parameters } } : one,
      );
    } else {
      const reviews = { ...REVIEWS, require_code_owner_reviews: false, require_last_push_approval: false };
      classic({ ...CLASSIC, required_pull_request_reviews: reviews });
    }
    const stdout = `branch main: review by code owners: got not required; allowed: required
branch main: approval of the most recent push by another person: got not required; allowed: required
`;
    expect(await check()).toMatchObject({ exitCode: 1, stdout });
    expect(await withoutReviewers.run(["protection"], server.environment)).toMatchObject({ exitCode: 1, stdout });
  },
);

test("with --environment, only the named environments and the OIDC subject are checked", async () => {
  const names = ["--environment", "shop-dev", "--environment", "shop-dev-database"];
  server.answers["/rules/branches/main"] = [];
  expect(await elsewhere.run(["protection", ...names], server.environment)).toEqual({
    exitCode: 1,
    stdout: "environment shop-dev-database: got no such environment; allowed: an environment with this name\n",
    stderr: "",
  });
  expect(await elsewhere.run(["protection", ...names.slice(0, 2)], server.environment)).toMatchObject({
    exitCode: 0,
    stdout: "environments: 1, OIDC subject: no problems\n",
  });
});

test("an unprotected main has all problems", async () => {
  server.answers["/rules/branches/main"] = [];
  expect(await check()).toMatchObject({
    exitCode: 1,
    stdout: `branch main: pull request: got not required; allowed: required
branch main: required approvals: got 0; allowed: 1 or more
branch main: review by code owners: got not required; allowed: required
branch main: stale approvals after a push: got kept; allowed: dismissed
branch main: approval of the most recent push by another person: got not required; allowed: required
branch main: status check ci: got not required; allowed: required
branch main: force pushes: got allowed; allowed: blocked
branch main: deletion: got allowed; allowed: blocked
`,
  });
});

test.each([
  [1, ""],
  [5, "branch main: pull requests per push of the merge queue: got 5; allowed: 1\n"],
])("a merge queue that merges %i per push", async (most, problem) => {
  const queue = rule("merge_queue", {
    max_entries_to_merge: most,
    merge_method: "MERGE",
    grouping_strategy: "ALLGREEN",
  });
  server.answers["/rules/branches/main"] = [...RULES, queue];
  const { stdout, exitCode } = await check();
  expect(exitCode).toBe(problem === "" ? 0 : 1);
  expect(stdout).toContain(problem);
});

test("a bypass of the protection of main is a problem", async () => {
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
    stdout: "branch main: bypass of branch protection: got administrators, dana; allowed: nobody\n",
  });
});

describe("a setting that cannot be read is reported:", () => {
  test("classic protection, if rulesets do not cover all requirements", async () => {
    server.refusals = {
      "GET /branches/main/protection": { status: 403, message: "Resource not accessible by integration" },
    };
    expect(await check()).toMatchObject({ exitCode: 0 });
    server.answers["/rules/branches/main"] = RULES.slice(2);
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "branch main: force pushes, deletion: cannot be read: GitHub: GET /repos/shop/infra/branches/main/protection: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
    });
  });

  test("the bypass of a ruleset", async () => {
    server.answers["/rulesets/42"] = { ...RULESET, bypass_actors: undefined };
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "branch main: bypass of ruleset main: cannot be read: GitHub returns it only to a token with read access to the repository's administration\n",
    });
  });

  test("with --as-far-as-readable it does not fail the command, but any other problem does", async () => {
    server.answers["/rulesets/42"] = { ...RULESET, bypass_actors: undefined };
    expect(await check("--as-far-as-readable")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^branch main: bypass of ruleset main: cannot be read: .*\n$/),
    });
    server.answers["/environments/shop-dev"] = environment({ protection_rules: [] });
    expect(await check("--as-far-as-readable")).toMatchObject({ exitCode: 1 });
  });

  test("an environment", async () => {
    server.refusals["GET /environments/shop-dev"] = { status: 403, message: "Resource not accessible by integration" };
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout:
        "environment shop-dev: cannot be read: GitHub: GET /repos/shop/infra/environments/shop-dev: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
    });
  });

  test.each([
    [403, "Resource not accessible by integration", "GITHUB_TOKEN lacks a permission"],
    [404, "Not Found", "it does not exist, or GITHUB_TOKEN has no access to it"],
  ])("the OIDC subject (%i)", async (status, message, hint) => {
    server.refusals[`GET ${SUBJECT_PATH}`] = { status, message };
    const stdout = `OIDC subject of shop/infra: cannot be read: GitHub: GET /repos/shop/infra/actions/oidc/customization/sub: ${status} ${message}; ${hint}\n`;
    expect(await check()).toMatchObject({ exitCode: 1, stdout });
    expect(await check("--as-far-as-readable")).toMatchObject({ exitCode: 0, stdout });
  });

  test("the repository itself", async () => {
    delete server.answers["/"];
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: "GitHub: GET /repos/shop/infra: 404 Not Found; it does not exist, or GITHUB_TOKEN has no access to it\n",
    });
  });
});

test("an OIDC subject that no role trusts is a problem, also with --environment", async () => {
  server.answers[SUBJECT_PATH] = SUBJECT_BY_IDS;
  const stdout = "OIDC subject of shop/infra: got repo:shop@11/infra@22; allowed: repo:shop/infra\n";
  expect(await check()).toMatchObject({ exitCode: 1, stdout });
  const application = ["protection", "--environment", "shop-dev"];
  expect(await elsewhere.run(application, server.environment)).toMatchObject({ exitCode: 1, stdout });
});

test("the mode comes from the roots, not from an option", async () => {
  expect(await check("--mode", "codeowners")).toMatchObject({
    exitCode: 2,
    stderr: "error: unknown option '--mode'\n",
  });
});

test("an environment of development lets feature branches deploy without a review, and no other branches", async () => {
  server.answers["/environments/shop-dev"] = environment({ protection_rules: [] });
  server.answers["/environments/shop-dev/deployment-branch-policies"] = policies("feature/*");
  const dev = ["--environment", "shop-dev", "--unreviewed", "--branch"];
  expect(await check(...dev, "feature/*")).toMatchObject({ exitCode: 0 });
  const got = "got selected branches: branch feature/*; allowed: selected branches: only branch main";
  const stdout = `environment shop-dev: deployment branches: ${got}\n`;
  expect(await check(...dev, "main")).toMatchObject({ exitCode: 1, stdout });
  expect((await check("--unreviewed")).stderr).toContain("got one without --environment; allowed: with it");
});
