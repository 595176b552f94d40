/** Ways to break the workflows of this repository, one for each rule at least. */
import type { PolicyId } from "../../../../lib/pipeline/workflows/catalogue";

export interface Mutant {
  readonly rule: PolicyId;
  /** Below .github. */
  readonly file: string;
  /** Text of the file; where it first stands it is replaced. */
  readonly from: string;
  readonly to: string;
}

const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const PLAN_ROLE = "role-to-assume: ${{ fromJSON(inputs.row).planRole }}";

function mutant(rule: PolicyId, file: string, from: string, to: string): Mutant {
  return { rule, file, from, to };
}

export const MUTANTS: readonly Mutant[] = [
  mutant("action-pinned", "workflows/ci.yml", CHECKOUT, "actions/checkout@v7"),
  mutant("action-pinned", "workflows/ci.yml", CHECKOUT, "actions/checkout@3d3c42e # v7.0.1"),
  mutant("action-pinned", "workflows/ci.yml", "./.github/actions/trivy", "docker://aquasec/trivy:latest"),
  mutant("action-version-named", "workflows/ci.yml", " # v7.0.1", ""),
  mutant("action-version-named", "actions/groundplan/action.yml", "# v7.0.0", "# v7"),
  mutant("action-of-repository-exists", "workflows/ci.yml", "./.github/actions/trivy", "./.github/actions/tryvy"),
  mutant("no-typed-checkout", "workflows/apply.yml", "ref: ${{ github.sha }}", "ref: ${{ inputs.commit }}"),
  mutant(
    "no-typed-checkout",
    "workflows/apply.yml",
    "ref: ${{ github.sha }}",
    "ref: ${{ github.event.inputs.commit || github.sha }}",
  ),
  mutant(
    "no-typed-checkout",
    "workflows/apply.yml",
    "      commit: ${{ needs.affected.outputs.commit }}\n      apply: true",
    "      commit: ${{ inputs.commit }}\n      apply: true",
  ),
  mutant(
    "no-typed-checkout",
    "workflows/apply.yml",
    "      waves: ${{ toJSON(matrix.system.waves) }}\n      commit: ${{ needs.affected.outputs.commit }}",
    "      waves: ${{ toJSON(matrix.system.waves) }}\n      commit: ${{ inputs.commit }}",
  ),
  mutant("permissions-none-at-top", "workflows/ci.yml", "permissions: {}\n", ""),
  mutant("permissions-none-at-top", "workflows/ci.yml", "permissions: {}\n", "permissions: read-all\n"),
  mutant("permissions-of-each-job", "workflows/ci.yml", "    permissions:\n      contents: read\n", ""),
  mutant("permissions-of-each-job", "workflows/ci.yml", "    permissions: {}\n", "    permissions: write-all\n"),
  mutant("write-where-listed", "workflows/drift.yml", "contents: read", "contents: write"),
  mutant("id-token-for-a-role", "workflows/drift.yml", "issues: write", "issues: write\n      id-token: write"),
  mutant("call-permissions", "workflows/apply.yml", "      id-token: write\n", ""),
  mutant("call-permissions", "workflows/promote.yml", "      actions: read\n", ""),
  mutant("triggers-known", "workflows/protection.yml", "workflow_dispatch:", "workflow_run:"),
  mutant("triggers-known", "workflows/plan.yml", "  pull_request:", "  pull_request_target:"),
  mutant(
    "forks-without-credentials",
    "workflows/plan.yml",
    "!cancelled() && needs.affected.result == 'success'\n      && github.event.pull_request.head.repo.full_name == github.repository",
    "!cancelled() && needs.affected.result == 'success'",
  ),
  mutant(
    "forks-without-credentials",
    "workflows/plan.yml",
    "github.event.pull_request.head.repo.full_name == github.repository\n",
    "github.event.pull_request.head.repo.full_name == github.repository || true\n",
  ),
  mutant("privileges-on-main", "workflows/apply.yml", "branches: [main]", "branches: ['**']"),
  mutant("privileges-on-main", "workflows/plan.yml", "on:\n", "on:\n  merge_group:\n"),
  mutant("privileges-on-main", "workflows/drift.yml", "if: github.ref == 'refs/heads/main'", "if: github.ref != ''"),
  mutant(
    "privileges-on-main",
    "workflows/drift.yml",
    "if: github.ref == 'refs/heads/main'",
    "if: always() || true && github.ref == 'refs/heads/main'",
  ),
  mutant(
    "no-long-lived-keys",
    "workflows/apply-root.yml",
    PLAN_ROLE,
    `${PLAN_ROLE}\n          aws-access-key-id: AKIA`,
  ),
  mutant(
    "no-long-lived-keys",
    "workflows/migrate.yml",
    "env:\n",
    "env:\n  AWS_SECRET_ACCESS_KEY: ${{ inputs.role }}\n",
  ),
  mutant("no-stored-secrets", "workflows/apply-root.yml", "${{ github.token }}", "${{ secrets.DEPLOY_TOKEN }}"),
  mutant(
    "no-stored-secrets",
    "workflows/apply.yml",
    "      approvals: ${{ inputs.approvals }}\n",
    "    secrets: inherit\n",
  ),
  mutant(
    "role-in-environment",
    "workflows/apply-root.yml",
    "    environment: ${{ fromJSON(inputs.row).environment }}\n",
    "",
  ),
  mutant("session-outlives-job", "workflows/plan-roots.yml", "          role-duration-seconds: 3600\n", ""),
  mutant("session-outlives-job", "workflows/drift-roots.yml", "timeout-minutes: 30", "timeout-minutes: 61"),
  mutant("checkout-forgets-token", "workflows/ci.yml", "          persist-credentials: false\n", ""),
  mutant("no-shared-cache", "workflows/service.yml", "package-manager-cache: false", "cache: npm"),
  mutant("artifacts-without-secrets", "workflows/apply-root.yml", "plan/custody.json\n", "plan\n"),
  mutant("artifacts-without-secrets", "workflows/apply-root.yml", "plan/custody.json\n", "plan/plan.json\n"),
  mutant("artifacts-without-secrets", "workflows/apply-root.yml", "plan/custody.json\n", "plan/*.json\n"),
  mutant("no-expression-in-shell", "workflows/protection.yml", "--as-far-as", "${{ github.actor }} --as-far-as"),
  mutant("no-expression-in-shell", "actions/groundplan/action.yml", "$GITHUB_ACTION_PATH", "${{ github.action_path }}"),
  mutant("shell-stops-on-failure", "workflows/protection.yml", "defaults:\n  run:\n    shell: bash\n", ""),
  mutant("shell-stops-on-failure", "actions/trivy/action.yml", "      shell: bash\n", ""),
  mutant("shell-stops-on-failure", "workflows/drift.yml", "          shopt -s nullglob\n", "          set +e\n"),
  mutant("no-piped-script", "workflows/ci.yml", "run: .ci/run", "run: curl -sSf https://example.com/install | bash"),
  mutant("no-piped-script", "workflows/ci.yml", "run: .ci/run", "run: bash <(curl -s https://example.com/install)"),
  mutant("downloads-verified", "actions/terraform/action.yml", "sha256sum --check --strict", "cat"),
  mutant("timeout-stated", "workflows/ci.yml", "    timeout-minutes: 10\n", ""),
  mutant("runner-pinned", "workflows/ci.yml", "ubuntu-24.04", "ubuntu-latest"),
  mutant("runner-pinned", "workflows/ci.yml", "ubuntu-24.04", "[self-hosted, linux]"),
  mutant("change-not-cancelled", "workflows/apply-root.yml", "cancel-in-progress: false", "cancel-in-progress: true"),
  mutant("change-not-cancelled", "workflows/service.yml", "      queue: max\n", ""),
  mutant("change-not-cancelled", "workflows/apply.yml", "permissions: {}\n", "permissions: {}\nconcurrency: apply\n"),
  mutant(
    "failure-not-ignored",
    "workflows/ci.yml",
    "      - run: .ci/run",
    "      - run: .ci/run\n        continue-on-error: true",
  ),
  mutant(
    "results-named",
    "workflows/promote.yml",
    "!cancelled() && fromJSON(inputs.waves)[2]",
    "!cancelled() && !failure() && fromJSON(inputs.waves)[2]",
  ),
  mutant("call-inputs", "workflows/plan.yml", "      rows: ", "      row: "),
  mutant("call-inputs", "workflows/apply.yml", "      commit: ${{ needs.affected.outputs.commit }}\n", ""),
];
