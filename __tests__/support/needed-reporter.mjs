/** Reports in one line for each program how many tests were skipped because it is missing. */
const NEEDS = {
  Terraform: "they need Terraform 1.11 or newer on PATH",
  cdktf: "they need Terraform and cdktf-cli, which npx fetches; run: npm run cdktf -- --version",
  Helm: "they need Helm; run: .ci/kubernetes-tools",
  promtool: "they need promtool; run: .ci/kubernetes-tools",
  PostgreSQL: "they need a PostgreSQL server; run: apt-get install postgresql",
  moto: "they need Terraform and moto; run: .ci/moto",
};

export default class NeededReporter {
  onRunComplete(_contexts, { testResults }) {
    const pending = testResults.flatMap((file) => file.testResults).filter(({ status }) => status === "pending");
    for (const [mark, reason] of Object.entries(NEEDS)) {
      const skipped = pending.filter(({ ancestorTitles }) => ancestorTitles.some((title) => isMarked(title, mark)));
      if (skipped.length > 0) console.error(`${skipped.length} tests skipped: ${reason}`);
    }
  }
}

function isMarked(title, mark) {
  return title.endsWith(` (needs ${mark})`);
}
