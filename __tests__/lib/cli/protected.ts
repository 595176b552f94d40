/** A project whose roots are delivered, and what GitHub answers about a repository that is protected as they assume. */
import path from "node:path";
import type { TrustedSubjects } from "../../../lib/generator/root/repository";

const LIB = path.resolve(__dirname, "../../../lib");

export const BY_NAME: TrustedSubjects = { repository: "shop/infra" };
export const BY_IDS: TrustedSubjects = { repository: "shop@11/infra@22" };
export const rootProps = (name: string, delivery?: object, repositories = [BY_NAME]) => ({
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
  repositories,
});

/** Text of a main.ts. */
export const main = (props: readonly object[]) =>
  `exports.roots = ${JSON.stringify(props)}.map((props) => new (require(${JSON.stringify(LIB)}).Root)(props));`;

/** Of shop/infra, in answer to `GET /repos/{owner}/{repo}`. */
export const REPOSITORY = { id: 22, name: "infra", full_name: "shop/infra", owner: { login: "shop", id: 11 } };
export const SUBJECT_PATH = "/actions/oidc/customization/sub";
export const SUBJECT_BY_NAME = {
  use_default: true,
  use_immutable_subject: false,
  sub_claim_prefix: "repo:shop/infra",
};
export const SUBJECT_BY_IDS = {
  use_default: true,
  use_immutable_subject: true,
  sub_claim_prefix: "repo:shop@11/infra@22",
};

export const REVIEWERS = {
  id: 1,
  type: "required_reviewers",
  prevent_self_review: true,
  reviewers: [{ type: "Team", reviewer: { slug: "ops" } }],
};
const CUSTOM = { protected_branches: false, custom_branch_policies: true };
export const environment = (more: object = {}) => ({
  name: "shop-dev",
  can_admins_bypass: false,
  protection_rules: [{ id: 2, type: "branch_policy" }, REVIEWERS],
  deployment_branch_policy: CUSTOM,
  ...more,
});
export const policies = (...names: string[]) => ({
  total_count: names.length,
  branch_policies: names.map((name) => ({ id: 3, name, type: "branch" })),
});

export const REVIEWS = {
  dismiss_stale_reviews: true,
  require_code_owner_reviews: true,
  require_last_push_approval: true,
  required_approving_review_count: 1,
};
export const CLASSIC = {
  required_status_checks: { strict: true, contexts: ["ci"], checks: [{ context: "ci", app_id: 15368 }] },
  required_pull_request_reviews: REVIEWS,
  enforce_admins: { enabled: true },
  allow_force_pushes: { enabled: false },
  allow_deletions: { enabled: false },
};
export const rule = (type: string, parameters?: object) => ({
  type,
  ruleset_source_type: "Repository",
  ruleset_source: "shop/infra",
  ruleset_id: 42,
  parameters,
});
export const RULES = [
  rule("deletion"),
  rule("non_fast_forward"),
  rule("required_status_checks", {
    strict_required_status_checks_policy: true,
    required_status_checks: [{ context: "ci" }],
  }),
  rule("pull_request", {
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
  }),
];
export const RULESET = { id: 42, name: "main", source: "shop/infra", enforcement: "active", bypass_actors: [] };
