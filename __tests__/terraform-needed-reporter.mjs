/** Says in one line how many tests were skipped because Terraform is not there. */
export default class TerraformNeededReporter {
  onRunComplete(_contexts, { testResults }) {
    const skipped = testResults
      .flatMap((file) => file.testResults)
      .filter(({ status, ancestorTitles }) => status === "pending" && ancestorTitles.some(isMarked)).length;
    if (skipped > 0) console.error(`${skipped} tests skipped: they need Terraform 1.11 or newer on PATH`);
  }
}

function isMarked(title) {
  return title.endsWith(" (needs Terraform)");
}
