import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { appspecFor, readAppspec } from "../../../../lib/pipeline/service/appspec";

const YAML = `version: 0.0
"Resources":
- "TargetService":
    "Properties":
      "TaskDefinition": "<TASK_DEFINITION>"
`;
const ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:7";

test("the revision takes its place in YAML, and in JSON as Terraform writes it", () => {
  expect(appspecFor(readAppspec(YAML), ARN)).toBe(YAML.replace("<TASK_DEFINITION>", ARN));
  expect(appspecFor(readAppspec(String.raw`{"a":"\u003cTASK_DEFINITION\u003e"}`), ARN)).toBe(`{"a":"${ARN}"}`);
});

test("a file is read", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "appspec-"));
  const file = path.join(folder, "appspec.yaml");
  writeFileSync(file, YAML);
  expect(readAppspec(file)).toBe(YAML);
  rmSync(folder, { recursive: true });
});

test.each([
  ["nowhere.yaml", "nowhere.yaml\n  got no such file; allowed: a file with the AppSpec, or its text"],
  [
    `{"TaskDefinition":"${ARN}"}`,
    "--appspec\n  got <TASK_DEFINITION> 0 times; allowed: once, in place of the ARN of the revision",
  ],
  [`${YAML}${YAML}`, "--appspec\n  got <TASK_DEFINITION> 2 times; allowed: once, in place of the ARN of the revision"],
])("%j is refused", (appspec, message) => {
  expect(() => readAppspec(appspec)).toThrow(message);
});
