import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { inCopy, init, planJson, readPlan, runTerraform, type Workplace } from "../../../lib/terraform";
import { terraform } from "../../../lib/terraform/run";
import { describeWithTerraform } from "../../support/terraform-needed";
import { failure } from "../generator/support";
import { EMPTY_PLAN } from "./empty-plan";
import { temporaryFolder } from "./sample";

const PLAN = "what `terraform show -json <plan>` prints";
const SAVED = `${PLAN}, where <plan> is the file that \`terraform plan -out=<plan>\` has written`;
const refusal = (text: string) => failure(() => readPlan("plan.json", text)).message;
const { format_version: _, ...unversioned } = EMPTY_PLAN;
const bucket = { address: "aws_s3_bucket.this", mode: "managed", type: "aws_s3_bucket", name: "this" };

test.each<[string, string, string]>([
  ["an empty file", "\n", `an empty text; allowed: ${PLAN}`],
  [
    "output of setup-terraform's wrapper",
    `[command]/opt/terraform-bin show -json p\n${JSON.stringify(EMPTY_PLAN)}\n\n::debug::Terraform exited with code 0.\n`,
    `a plan among lines of the wrapper that hashicorp/setup-terraform installs; allowed: ${PLAN}, with \`terraform_wrapper: false\` for hashicorp/setup-terraform`,
  ],
  [
    "the wrapper's lines behind the plan only",
    `${JSON.stringify(EMPTY_PLAN)}\n::debug::Terraform exited with code 0.\n`,
    `a plan among lines of the wrapper that hashicorp/setup-terraform installs; allowed: ${PLAN}, with \`terraform_wrapper: false\` for hashicorp/setup-terraform`,
  ],
  [
    "one line of a log",
    '{"@level":"info","@message":"Terraform 1.11.4"}\n',
    `the log of \`terraform plan -json\`; allowed: ${SAVED}`,
  ],
  [
    "a plan that is cut off",
    JSON.stringify(EMPTY_PLAN).slice(0, -1),
    `JSON that is cut off or damaged; allowed: ${PLAN}`,
  ],
  ["any other text", "# Notes\n", `something else than a plan; allowed: ${PLAN}`],
  ["a list", "[]", `something else than a plan; allowed: ${PLAN}`],
  ["other JSON", '{"name":"groundplan"}', `JSON without format_version; allowed: ${PLAN}`],
  ["a plan without format_version", JSON.stringify(unversioned), `JSON without format_version; allowed: ${PLAN}`],
  [
    "a state file",
    '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}',
    `a state file; allowed: ${SAVED}`,
  ],
  ["the JSON of an empty state", '{"format_version":"1.0"}', `the JSON of a state; allowed: ${SAVED}`],
])("%s is refused as what it is", (_, text, problem) => {
  expect(refusal(text)).toBe(`plan.json\n  got ${problem}`);
});

test("any format_version but 1.x is refused, and every 1.x is read", () => {
  const withVersion = (version: unknown) => JSON.stringify({ ...EMPTY_PLAN, format_version: version });
  const others = fc.oneof(fc.constantFrom("2.0", "0.2", "1", "1.x", "11.0", "1.2.3"), fc.integer(), fc.boolean());
  fc.assert(
    fc.property(others, (version) => {
      expect(refusal(withVersion(version))).toBe(
        `plan.json\n  got format_version ${JSON.stringify(version)}; allowed: 1.x, as Terraform 1.11 writes with \`terraform show -json <plan>\``,
      );
    }),
  );
  fc.assert(fc.property(fc.nat(), (minor) => expect(readPlan("p", withVersion(`1.${minor}`)).complete).toBe(true)));
});

test.each(["terraform_version", "planned_values", "configuration", "applyable", "complete", "errored"])(
  "a plan without %s is refused",
  (name) => {
    expect(refusal(JSON.stringify({ ...EMPTY_PLAN, [name]: undefined }))).toBe(
      `plan.json\n  got a plan without ${name}; allowed: the whole of ${PLAN}`,
    );
  },
);

test.each<[string, object]>([
  ["before it", { applyable: true, prior_state: { values: { root_module: { resources: [bucket] } } } }],
  ["after it, in a module", { planned_values: { root_module: { child_modules: [{ resources: [bucket] }] } } }],
])("a plan without resource_changes is refused where there are resources %s", (_, values) => {
  expect(refusal(JSON.stringify({ ...EMPTY_PLAN, ...values }))).toBe(
    `plan.json\n  got a plan with resources and without resource_changes; allowed: the whole of ${PLAN}`,
  );
  expect(readPlan("p", JSON.stringify({ ...EMPTY_PLAN, ...values, errored: true })).errored).toBe(true);
});

describeWithTerraform("what Terraform prints", () => {
  const folder = temporaryFolder();
  const FAILING = {
    resource: {
      terraform_data: {
        first: { input: "x" },
        second: {
          lifecycle: { precondition: [{ condition: "${terraform_data.first.input == 1}", error_message: "no" }] },
        },
      },
    },
  };
  const other = path.join(folder, "other.tfstate");
  const READING = { data: { terraform_remote_state: { other: { backend: "local", config: { path: other } } } } };
  const STANDING = { ...READING, resource: { terraform_data: { first: { input: "x" } } } };

  function inRootWith<T>(configuration: object, work: (workplace: Workplace) => Promise<T>): Promise<T> {
    mkdirSync(path.join(folder, "root"), { recursive: true });
    writeFileSync(
      other,
      '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}',
    );
    writeFileSync(path.join(folder, "root/main.tf.json"), JSON.stringify(configuration));
    return inCopy(folder, "root", async (workplace) => {
      await init(workplace);
      return work(workplace);
    });
  }

  test("every plan has the sections that a plan has to have, a refresh-only one too", async () => {
    await inRootWith(STANDING, async (workplace) => {
      const plans = async (...args: string[]) => planJson(workplace, args);
      const first = await plans();
      expect(readPlan("first", first).resource_changes).toHaveLength(1);
      expect(readPlan("destroy of nothing", await plans("-destroy")).resource_changes).toEqual([]);
      await terraform(["apply", "-auto-approve", "-no-color"], workplace);
      expect(readPlan("unchanged", await plans()).resource_changes).toMatchObject([{ change: { actions: ["no-op"] } }]);
      expect(readPlan("destroy", await plans("-destroy")).resource_changes).toHaveLength(1);
      expect(readPlan("targeted", await plans("-target=terraform_data.other")).complete).toBe(false);
      expect(readPlan("refresh-only", await plans("-refresh-only")).resource_changes).toEqual([]);
      expect(refusal(await terraform(["show", "-json"], workplace))).toContain("got the JSON of a state;");
      expect(refusal(await terraform(["plan", "-json"], workplace))).toContain(
        "got the log of `terraform plan -json`;",
      );
      expect(refusal(await terraform(["plan"], workplace))).toContain("got the text that Terraform prints for people;");
      expect(refusal((await runTerraform(["show", "-json", "gone"], workplace)).stderr)).toContain(
        "got an error message",
      );
    });
  }, 60_000);

  test("an empty plan and a failed plan are read", async () => {
    for (const nothing of [{}, READING, { output: { a: { value: 1 } } }]) {
      const plan = await inRootWith(nothing, (workplace) => planJson(workplace));
      expect(readPlan("nothing", plan)).toMatchObject({ resource_changes: [], complete: true, errored: false });
    }
    await inRootWith(FAILING, async (workplace) => {
      const file = path.join(workplace.scratch, "failed.tfplan");
      expect((await runTerraform(["plan", `-out=${file}`], workplace)).exitCode).toBe(1);
      const plan = readPlan("failed", await terraform(["show", "-json", file], workplace));
      expect(plan).toMatchObject({ errored: true });
    });
  }, 60_000);
});
