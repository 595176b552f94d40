import { readFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../../lib/terraform/sample";
import { withoutOverride, writeOverride } from "./override";

const folder = temporaryFolder();
const constant = (value: unknown) => ({ constant_value: value });
const SETTINGS = {
  s3_use_path_style: constant(true),
  skip_credentials_validation: constant(true),
  skip_metadata_api_check: constant(true),
  skip_region_validation: constant(true),
};
const planOf = (expressions: object, name = "aws") => ({
  format_version: "1.2",
  resource_changes: [{ address: "module.a.aws_s3_bucket.this", skip_region_validation: constant(true) }],
  configuration: {
    provider_config: { "aws.standby": { name, full_name: "registry/aws", alias: "standby", expressions } },
    root_module: { module_calls: { a: { expressions: SETTINGS } } },
  },
});
const cleaned = (plan: object): unknown => JSON.parse(withoutOverride(JSON.stringify(plan)));

test("the four settings leave the plan, and nothing else does", () => {
  const own = { region: constant("eu-central-1"), skip_requesting_account_id: constant(true) };
  expect(cleaned(planOf({ ...own, ...SETTINGS }))).toEqual(planOf(own));
});

test.each([
  ["has another value", planOf({ skip_region_validation: constant(false) })],
  ["is an expression", planOf({ skip_region_validation: { references: ["var.skip"] } })],
  ["belongs to another provider", planOf(SETTINGS, "kubernetes")],
])("a setting stays in the plan if it %s", (_what, plan) => {
  expect(cleaned(plan)).toEqual(plan);
});

test("each configuration of the provider gets the settings, and the state lies beside the root", () => {
  writeOverride(folder, JSON.stringify({ provider: { aws: [{ region: "a" }, { alias: "standby", region: "b" }] } }));
  const written = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  const settings = {
    s3_use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
  };
  expect(written("providers_override.tf.json")).toEqual({
    provider: { aws: [settings, { alias: "standby", ...settings }] },
  });
  expect(written("versions_override.tf.json")).toEqual({ terraform: { backend: { local: {} } } });
});
