/** Changes that break a workflow of this repository, by the rule that each of them breaks. */
import type { PolicyId } from "../../../../lib/pipeline/workflows/catalogue";

/** File below .github, a text in it, and what replaces this text where it first occurs. */
export type Mutant = readonly [file: string, from: string, to: string];

const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const WITHOUT_TOKEN = "      with:\n        persist-credentials: false\n";
const ASSUMED = "    - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3\n";
const PLAN_ROLE = "role-to-assume: ${{ fromJSON(inputs.row).planRole }}";
const DEPLOYMENT = ["deployment", "environment", "role", "region", "repository", "cluster", "namespace"];
const CALL_FROM_HERE = `  api:
    if: github.ref == 'refs/heads/main'
    uses: ./.github/workflows/kubernetes-service.yml
    permissions:
      contents: read
      id-token: write
    with:
      runner: \${{ inputs.root }}
${DEPLOYMENT.map((name) => `      ${name}: api\n`).join("")}
`;

export const MUTANTS: Readonly<Record<PolicyId, readonly [Mutant, ...Mutant[]]>> = {
  "action-pinned": [
    ["workflows/ci.yml", CHECKOUT, "actions/checkout@v7"],
    ["workflows/ci.yml", CHECKOUT, "actions/checkout@3d3c42e # v7.0.1"],
    ["workflows/ci.yml", "./.github/actions/trivy", "docker://aquasec/trivy:latest"],
  ],
  "action-version-named": [
    ["workflows/ci.yml", " # v7.0.1", ""],
    ["actions/groundplan/action.yml", "# v7.0.0", "# v7"],
  ],
  "action-of-repository-exists": [["workflows/ci.yml", "./.github/actions/trivy", "./.github/actions/tryvy"]],
  "no-typed-checkout": [
    ["workflows/apply.yml", "ref: ${{ github.sha }}", "ref: ${{ inputs.commit }}"],
    ["workflows/apply.yml", "ref: ${{ github.sha }}", "ref: ${{ github.event.inputs.commit || github.sha }}"],
    [
      "workflows/apply.yml",
      "      commit: ${{ needs.affected.outputs.commit }}\n      apply: true",
      "      commit: ${{ inputs.commit }}\n      apply: true",
    ],
    [
      "workflows/apply.yml",
      "      waves: ${{ toJSON(matrix.system.waves) }}\n      commit: ${{ needs.affected.outputs.commit }}",
      "      waves: ${{ toJSON(matrix.system.waves) }}\n      commit: ${{ inputs.commit }}",
    ],
  ],
  "jobs-show-privileges": [
    ["actions/push-image/action.yml", "  steps:\n", `  steps:\n${ASSUMED}`],
    ["actions/build-image/action.yml", "  steps:\n", `  steps:\n    - uses: ${CHECKOUT}\n${WITHOUT_TOKEN}`],
  ],
  "permissions-none-at-top": [
    ["workflows/ci.yml", "permissions: {}\n", ""],
    ["workflows/ci.yml", "permissions: {}\n", "permissions: read-all\n"],
  ],
  "permissions-of-each-job": [
    ["workflows/ci.yml", "    permissions:\n      contents: read\n", ""],
    ["workflows/ci.yml", "    permissions: {}\n", "    permissions: write-all\n"],
  ],
  "write-where-listed": [["workflows/drift.yml", "contents: read", "contents: write"]],
  "id-token-for-a-role": [["workflows/drift.yml", "issues: write", "issues: write\n      id-token: write"]],
  "call-permissions": [
    ["workflows/apply.yml", "      id-token: write\n", ""],
    ["workflows/promote.yml", "      actions: read\n", ""],
  ],
  "triggers-known": [
    ["workflows/protection.yml", "workflow_dispatch:", "workflow_run:"],
    ["workflows/plan.yml", "  pull_request:", "  pull_request_target:"],
  ],
  "forks-without-credentials": [
    [
      "workflows/plan.yml",
      "!cancelled() && needs.affected.result == 'success'\n      && github.event.pull_request.head.repo.full_name == github.repository",
      "!cancelled() && needs.affected.result == 'success'",
    ],
    [
      "workflows/plan.yml",
      "github.event.pull_request.head.repo.full_name == github.repository\n",
      "github.event.pull_request.head.repo.full_name == github.repository || true\n",
    ],
  ],
  "privileges-on-main": [
    ["workflows/apply.yml", "branches: [main]", "branches: ['**']"],
    ["workflows/plan.yml", "on:\n", "on:\n  merge_group:\n"],
    ["workflows/drift.yml", "if: github.ref == 'refs/heads/main'", "if: github.ref != ''"],
    [
      "workflows/drift.yml",
      "if: github.ref == 'refs/heads/main'",
      "if: always() || true && github.ref == 'refs/heads/main'",
    ],
  ],
  "no-long-lived-keys": [
    ["workflows/apply-root.yml", PLAN_ROLE, `${PLAN_ROLE}\n          aws-access-key-id: AKIA`],
    ["workflows/migrate.yml", "env:\n", "env:\n  AWS_SECRET_ACCESS_KEY: ${{ inputs.role }}\n"],
  ],
  "no-stored-secrets": [
    ["workflows/apply-root.yml", "${{ github.token }}", "${{ secrets.DEPLOY_TOKEN }}"],
    ["workflows/apply-root.yml", "secrets.GROUNDPLAN_EPHEMERAL_INPUTS", "secrets.DEPLOY_TOKEN"],
    [
      "workflows/apply-root.yml",
      "GROUNDPLAN_INPUTS: ${{ inputs.values || vars.GROUNDPLAN_INPUTS }}",
      "GROUNDPLAN_INPUTS: ${{ secrets.GROUNDPLAN_EPHEMERAL_INPUTS }}",
    ],
    [
      "workflows/apply.yml",
      "    secrets:\n      GROUNDPLAN_EPHEMERAL_INPUTS: ${{ secrets.GROUNDPLAN_EPHEMERAL_INPUTS }}\n",
      "    secrets: inherit\n",
    ],
    ["workflows/performance.yml", "    environment: ${{ inputs.environment }}\n", ""],
    ["workflows/performance.yml", "secrets.PERFORMANCE_TOKEN", "secrets.PERFORMANCE_PASSWORD"],
  ],
  "role-in-environment": [["workflows/rollback.yml", "    environment: ${{ inputs.environment }}\n", ""]],
  "session-outlives-job": [
    ["workflows/plan-roots.yml", "          role-duration-seconds: 3600\n", ""],
    ["workflows/drift-roots.yml", "timeout-minutes: 30", "timeout-minutes: 61"],
  ],
  "checkout-forgets-token": [["workflows/ci.yml", "          persist-credentials: false\n", ""]],
  "no-shared-cache": [["workflows/service.yml", "package-manager-cache: false", "cache: npm"]],
  "artifacts-without-secrets": [
    ["workflows/apply-root.yml", "plan/custody.json\n", "plan\n"],
    ["workflows/apply-root.yml", "plan/custody.json\n", "plan/plan.json\n"],
    ["workflows/apply-root.yml", "plan/custody.json\n", "plan/*.json\n"],
    ["actions/build-image/action.yml", "/image.tar\n        if", "\n        if"],
  ],
  "no-expression-in-shell": [
    ["workflows/protection.yml", "--as-far-as", "${{ github.actor }} --as-far-as"],
    ["actions/groundplan/action.yml", "$GITHUB_ACTION_PATH", "${{ github.action_path }}"],
  ],
  "shell-stops-on-failure": [
    ["workflows/protection.yml", "defaults:\n  run:\n    shell: bash\n", ""],
    ["actions/trivy/action.yml", "      shell: bash\n", ""],
    ["workflows/drift.yml", "          shopt -s nullglob\n", "          set +e\n"],
  ],
  "no-piped-script": [
    ["workflows/ci.yml", "run: .ci/run", "run: curl -sSf https://example.com/install | bash"],
    ["workflows/ci.yml", "run: .ci/run", "run: bash <(curl -s https://example.com/install)"],
  ],
  "downloads-verified": [["actions/terraform/action.yml", "sha256sum --check --strict", "cat"]],
  "timeout-stated": [["workflows/ci.yml", "    timeout-minutes: 10\n", ""]],
  "runner-pinned": [
    ["workflows/ci.yml", "ubuntu-24.04", "ubuntu-latest"],
    ["workflows/ci.yml", "ubuntu-24.04", "[self-hosted, linux]"],
    ["workflows/apply-root.yml", "fromJSON(inputs.row).runner || 'ubuntu-24.04'", "inputs.runner || 'ubuntu-24.04'"],
    ["workflows/drift-roots.yml", "matrix.row.runner || 'ubuntu-24.04'", "matrix.row.runner"],
    ["workflows/kubernetes-service.yml", "on:\n", "on:\n  push:\n    branches: [main]\n"],
    ["workflows/apply.yml", "jobs:\n", `jobs:\n${CALL_FROM_HERE}`],
  ],
  "change-not-cancelled": [
    ["workflows/apply-root.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
    ["workflows/service.yml", "      queue: max\n", ""],
    ["workflows/apply.yml", "permissions: {}\n", "permissions: {}\nconcurrency: apply\n"],
  ],
  "failure-not-ignored": [
    ["workflows/ci.yml", "      - run: .ci/run", "      - run: .ci/run\n        continue-on-error: true"],
  ],
  "results-named": [
    [
      "workflows/promote.yml",
      "!cancelled() && fromJSON(inputs.waves)[2]",
      "!cancelled() && !failure() && fromJSON(inputs.waves)[2]",
    ],
  ],
  "call-inputs": [
    ["workflows/plan.yml", "      rows: ", "      row: "],
    ["workflows/apply.yml", "      commit: ${{ needs.affected.outputs.commit }}\n", ""],
    ["workflows/service.yml", "          sha256: ${{ needs.image.outputs.sha256 }}\n", ""],
    ["workflows/kubernetes-service.yml", "          dockerfile: ", "          file: "],
    ["actions/build-image/action.yml", "trivy\n", "trivy\n      with:\n        version: 1.0.0\n"],
  ],
};
