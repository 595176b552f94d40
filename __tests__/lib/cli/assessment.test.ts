import { z } from "zod";
import { findingEvent } from "../../support/finding";
import { Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
beforeAll(() => project.synthesize("dev"));

const VERDICTS = z.object({ criteria: z.array(z.object({ id: z.string(), verdict: z.string() })) });

function write(name: string, Status: string): void {
  const [finding] = findingEvent().detail.findings;
  const Findings = [
    { ...finding, UpdatedAt: "2026-11-21T07:00:00Z", Compliance: { Status, SecurityControlId: "S3.8" } },
  ];
  project.write(name, JSON.stringify({ Findings }));
}

test("without a failure it prints Markdown, and JSON if asked", async () => {
  write("passed.json", "PASSED");
  const file = project.file("passed.json");
  const { exitCode, stdout } = await project.run(["assessment", "orders/dev", "--findings", file]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^# Technical evidence for SOC 2\n\n- Day: \d{4}-\d\d-\d\d\n- Roots: `environments\/orders\/dev`\n/,
  );
  const json = await project.run(["assessment", "--findings", file, "--json"]);
  const { criteria } = VERDICTS.parse(JSON.parse(json.stdout));
  expect(criteria).toContainEqual(expect.objectContaining({ id: "CC1.1", verdict: "people" }));
});

test("a failed control ends with exit code 1", async () => {
  write("failed.json", "FAILED");
  const { exitCode, stdout } = await project.run(["assessment", "--findings", project.file("failed.json")]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("- CC6.6: control `S3.8` (HIGH): ");
});

test("a file with something else ends with exit code 2", async () => {
  project.write("other.json", "{}");
  const file = project.file("other.json");
  const { exitCode, stderr } = await project.run(["assessment", "--findings", file]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `${file}\n  got something else than findings of Security Hub; allowed: a file with the output of \`aws securityhub get-findings\``,
  );
});
